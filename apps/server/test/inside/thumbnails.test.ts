import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStorage, type StoredFile } from '@openwopi/host'
import { expect, onTestFinished, test } from 'vitest'
import { openThumbnails } from '../../src/inside/thumbnails.ts'

const by = { id: 'ann', name: 'Ann' }
async function* bytes(text: string) {
  yield new TextEncoder().encode(text)
}

async function world() {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-thumbnails-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const storage = memoryStorage()
  const drawn: string[] = []
  let failure: Error | undefined
  const painter = {
    canDraw: (extension: string) => extension === 'docx',
    async draw({ name, version }: StoredFile) {
      drawn.push(name)
      if (failure) throw failure
      return Buffer.from(`${name} at ${version}`)
    },
  }
  const open = () => openThumbnails(folder, painter, () => {})
  const add = async (name: string, text = 'x') => {
    const file = await storage.create('root', [name], bytes(text), { by })
    if (!file) throw new Error(`${name} was not made`)
    return file
  }
  const fail = (cause?: Error) => {
    failure = cause
  }
  return { folder, storage, drawn, add, fail, open, ...(await open()) }
}

test('a picture is drawn once for each version, also over a restart, and only the last one is kept', async () => {
  const { folder, storage, of, open, drawn, add } = await world()
  const file = await add('a.docx')
  const pictures = await Promise.all([of(file), of(file)])
  expect(pictures.map((picture) => Buffer.from(picture ?? []).toString())).toEqual([
    `a.docx at ${file.version}`,
    `a.docx at ${file.version}`,
  ])
  await (await open()).of(file)
  expect(drawn).toEqual(['a.docx'])
  const changed = await storage.write(file, bytes('y'), { by })
  expect(Buffer.from((changed && (await of(changed))) ?? []).toString()).toBe(`a.docx at ${changed?.version}`)
  expect(readdirSync(folder)).toHaveLength(1)
})

test('what cannot be drawn is not tried again before it changes; what could not be drawn now is', async () => {
  const { of, drawn, add, fail } = await world()
  const file = await add('a.docx')
  fail(Object.assign(new Error('busy'), { isPassing: true }))
  await expect(of(file)).rejects.toThrow('busy')
  fail(new Error('broken'))
  expect(await of(file)).toBeUndefined()
  fail()
  expect(await of(file)).toBeUndefined()
  expect(drawn).toHaveLength(2)
})

test('files without a first page have none, and pictures of files that are gone go too', async () => {
  const { folder, storage, of, canDraw, sweep, add } = await world()
  expect([canDraw(await add('a.txt')), canDraw(await add('empty.docx', ''))]).toEqual([false, false])
  const [gone, kept] = [await add('gone.docx'), await add('kept.docx')]
  await of(gone)
  await of(kept)
  await storage.remove(gone, { by })
  await sweep(storage)
  expect(readdirSync(folder)).toEqual([expect.stringContaining(kept.id)])
})
