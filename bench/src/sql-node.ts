import { join } from 'node:path'
import { type Child, startChild } from './child.ts'
import type { Database } from './database.ts'
import { lockId } from './editing.ts'
import { generateFiles } from './generated-files.ts'
import type { Sent } from './open-loop.ts'

/** A node over a database in a process of its own. */
export interface SqlNode extends Child {
  /** The paths of its files, tokens and all. */
  readonly targets: readonly string[]
}

/** A new database of ten thousand files. */
export async function smallDatabase(server: Database): Promise<string> {
  const url = await server.fresh()
  await generateFiles(url, { files: 10_000, locks: 0 })
  return url
}

/** Starts a node that tells the addresses of its first `files`. */
export async function startNode(database: string, place: string, files: number): Promise<SqlNode> {
  const child = await startChild('sql-host', { database, blobs: join(place, 'blobs'), files })
  const { addresses = {} } = child.ready
  return { ...child, targets: Array.from({ length: files }, (_, index) => addresses[index + 1] ?? '') }
}

/** The path under which a file's content lies. */
export const contentsOf = (target: string): string => target.replace('?', '/contents?')

/** What each operation sends. */
export const sends = {
  checkFileInfo: { name: 'CheckFileInfo', method: 'GET', headers: {} },
  getFile: { name: 'GetFile', method: 'GET', headers: {} },
  refreshLock: { name: 'RefreshLock', method: 'POST', headers: under('REFRESH_LOCK') },
  putFile: { name: 'PutFile', method: 'POST', headers: under('PUT') },
} as const satisfies Readonly<Record<string, Pick<Sent, 'name' | 'method' | 'headers'>>>

function under(override: string) {
  return { 'X-WOPI-Override': override, 'X-WOPI-Lock': lockId }
}

/** Locks files of a node. */
export async function lockAll(node: Child, targets: readonly string[]): Promise<void> {
  for (const target of targets) await post(node, target, { headers: under('LOCK') })
}

/** Saves so many bytes to files of a node that have been locked: what was generated has no contents. */
export async function saveAll(node: Child, targets: readonly string[], bytes: number): Promise<void> {
  const body = Buffer.alloc(bytes, 'x')
  for (const target of targets) await post(node, contentsOf(target), { headers: under('PUT'), body })
}

async function post({ ready: { port } }: Child, path: string, sent: RequestInit): Promise<void> {
  const { status } = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', ...sent })
  if (status !== 200) throw new Error(`a file was answered ${status} before the measure began`)
}
