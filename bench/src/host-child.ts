import { type Child, startChild } from './child.ts'
import type { UploadTarget } from './transfers.ts'
import type { Workplace } from './workplace.ts'

/** A host in a process of its own, with one locked file. */
export interface HostChild extends Child {
  /** Where its file's content is read. */
  readonly contents: string
  /** How its file is saved. */
  readonly put: UploadTarget
}

const lock = 'bench'

/** What a host offers beyond files as a whole. */
interface Offer {
  readonly inChunks?: boolean
}

/** Serves a workplace's folder, and locks the file called `name` in it. */
export async function startHost(
  { folder, dataFolder }: Workplace,
  name: string,
  offer: Offer = {},
): Promise<HostChild> {
  return lockedFile(await startChild('host', { folder, dataFolder, names: [name], ...offer }), name)
}

/** Locks a file of a host that runs. */
export async function lockedFile(child: Child, name: string): Promise<HostChild> {
  const { port, addresses } = child.ready
  const address = addresses?.[name] ?? ''
  const headers = { 'X-WOPI-Override': 'LOCK', 'X-WOPI-Lock': lock }
  const { status } = await fetch(`http://127.0.0.1:${port}${address}`, { method: 'POST', headers })
  if (status !== 200) throw new Error(`Lock was answered ${status}`)
  const contents = address.replace('?', '/contents?')
  return {
    ...child,
    contents,
    put: { port, path: contents, headers: { 'X-WOPI-Override': 'PUT', 'X-WOPI-Lock': lock } },
  }
}
