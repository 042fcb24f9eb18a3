import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { folderBlobs } from '../../src/blobs/folder-blobs.ts'
import { blobsContract } from '../../src/contract/index.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-blobs-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

blobsContract(test, () => folderBlobs({ folder: join(newFolder(), 'blobs') }))

async function* text(content: string) {
  yield new TextEncoder().encode(content)
}

test('What a put that broke off has left is removed once it is old; one that is under way is not.', async () => {
  const folder = newFolder()
  const blobs = folderBlobs({ folder })
  await blobs.put(text('whole'))
  const [old, young] = [join(folder, 'incoming', 'old'), join(folder, 'incoming', 'young')]
  for (const path of [old, young]) await writeFile(path, 'half')
  await utimes(old, 1, 1)
  await blobs.tidy?.(60_000)
  expect(await readdir(join(folder, 'incoming'))).toEqual(['young'])
})

test('Content that lies in the folder under other names is not listed, and so never taken for a blob.', async () => {
  const folder = newFolder()
  const blobs = folderBlobs({ folder })
  const { key } = await blobs.put(text('whole'))
  await writeFile(join(folder, key.slice(0, 3), 'notes.txt'), 'mine')
  const keys: string[] = []
  for await (const blob of blobs.list()) keys.push(blob.key)
  expect(keys).toEqual([key])
})

test('A file that has become shorter breaks the reading off, rather than end it early.', async () => {
  const folder = newFolder()
  const blobs = folderBlobs({ folder })
  const { key } = await blobs.put(text('0123456789'))
  const content = await blobs.get(key, { start: 2, end: 8 })
  await writeFile(join(folder, key.slice(0, 3), key), '01234')
  await expect(async () => {
    for await (const piece of content ?? []) expect(piece.byteLength).toBeGreaterThan(0)
  }).rejects.toThrow('only 5 bytes')
})
