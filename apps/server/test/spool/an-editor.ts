import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { onTestFinished, vi } from 'vitest'
import type { FailedSaveItem, FailedSaveList, RecoverableSave } from '../../src/api.ts'
import type { Server } from '../start.ts'

let count = 0

/** A document that an editor has open. */
export async function opened(server: Server) {
  const name = `document-${++count}.txt`
  const made = await server.change('POST', '/api/folders/root/files', { name })
  const { id } = (await made.json()) as { id: string }
  const issued = await server.token({ path: name })
  const editor = createClient(issued)
  await editor.lock({ lock: 'mine' })
  await editor.putFile({ lock: 'mine', content: bytes('before') })
  return { name, editor, id, issued }
}

export type Editor = Awaited<ReturnType<typeof opened>>['editor']

export async function* bytes(...all: readonly (string | Uint8Array)[]) {
  for (const each of all) yield Buffer.from(each)
}

export async function bytesOf(editor: Editor): Promise<Buffer> {
  const { content } = await editor.getFile()
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export const textOf = async (editor: Editor): Promise<string> => (await bytesOf(editor)).toString()

const isRecoverable = (item: FailedSaveItem): item is RecoverableSave => !('problem' in item)

/** What the page of saves that failed shows. */
export async function failed(server: Server): Promise<readonly RecoverableSave[]> {
  const { items } = (await (await server.ask('/api/failed-saves')).json()) as FailedSaveList
  return items.filter(isRecoverable)
}

/** Waits for what is in the way for a moment only. */
export const eventually = (holds: () => Promise<void> | void) => vi.waitFor(holds, { timeout: 60_000, interval: 100 })

export async function temporary(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'openwopi-failing-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}
