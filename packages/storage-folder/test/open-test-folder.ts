import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Change, Content, StoredFile } from '@openwopi/host'
import { onTestFinished } from 'vitest'
import { type FolderStorageOptions, findFolders, type OpenFolder, openFolder } from '../src/open-folder.ts'

/** A new folder on disk, gone when the test ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-folder-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Opens a folder, a new one if none is named, and closes it when the test ends. */
export async function openTestFolder(
  options: Partial<FolderStorageOptions> = {},
): Promise<OpenFolder & { path: string }> {
  const path = options.folder ?? newFolder()
  const opened = await openFolder({
    ...findFolders({ ...options, folder: path }),
    options: { ...options, folder: path },
  })
  let isClosed = false
  const close = async () => {
    if (!isClosed) await opened.close()
    isClosed = true
  }
  onTestFinished(close)
  await opened.indexed
  return { ...opened, close, path }
}

export const ann: Change = { by: { id: 'ann', name: 'Ann' } }
export const bob: Change = { by: { id: 'bob', name: 'Bob' } }

export async function* content(...chunks: (string | Uint8Array)[]): Content {
  for (const chunk of chunks) yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk
}

/** All of a content as text. */
export async function text(stream: Content | undefined): Promise<string> {
  if (!stream) throw new Error('there is no content')
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** `value`, which must be there. */
export function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it is not there')
  return value
}

/** The file's content as the storage gives it. */
export const textOf = async ({ storage }: OpenFolder, file: StoredFile): Promise<string> =>
  text(await storage.read(file))
