import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryFolders } from '@openwopi/host'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { keepWords } from '../../src/inside/keep-words.ts'
import { mark, openWordIndex } from '../../src/inside/word-index.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-words-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function newIndex(folder = newFolder()) {
  const index = await openWordIndex(folder)
  onTestFinished(() => index.close())
  return index
}
const ids = (hits: readonly { readonly id: string }[]) => hits.map(({ id }) => id).sort()
const plain = (snippet = '') => snippet.replaceAll(mark, '')

test('files are found by their words, whatever the case and the accents, the last word as it is typed', async () => {
  const index = await newIndex()
  index.put({ id: 'a', version: '1' }, 'The garden club met in Málaga.\nNext: pruning')
  index.put({ id: 'b', version: '1' }, 'A club for gardeners')
  index.put({ id: 'c', version: '1' }, 'Nothing of that kind')
  expect(ids(index.search('club', 10))).toEqual(['a', 'b'])
  expect(ids(index.search('CLUB gard', 10))).toEqual(['a', 'b'])
  expect(ids(index.search('gard club', 10))).toEqual([])
  expect(ids(index.search('malaga', 10))).toEqual(['a'])
  expect(index.search('malaga', 10)[0]?.snippet).toBe(`The garden club met in ${mark}Málaga${mark}. Next: pruning`)
  expect(ids(index.search('club', 1))).toHaveLength(1)
})

test('words of languages without spaces are found too', async () => {
  const index = await newIndex()
  index.put({ id: 'a', version: '1' }, '我们的数据库在北京。')
  index.put({ id: 'b', version: '1' }, '库数据')
  expect(ids(index.search('数据库', 10))).toEqual(['a'])
  expect(ids(index.search('数据', 10))).toEqual(['a', 'b'])
  expect(plain(index.search('北京', 10)[0]?.snippet)).toBe('我们的数据库在北京。')
})

test('what a file said before is not found any more, nor is a file that is gone', async () => {
  const folder = newFolder()
  const index = await newIndex(folder)
  index.put({ id: 'a', version: '1' }, 'before')
  index.put({ id: 'a', version: '2' }, 'after')
  expect([ids(index.search('before', 10)), ids(index.search('after', 10)), index.versionOf('a')]).toEqual([
    [],
    ['a'],
    '2',
  ])
  expect(ids((await newIndex(folder)).search('after', 10))).toEqual(['a'])
  index.remove('a')
  expect([ids(index.search('after', 10)), index.versionOf('a')]).toEqual([[], undefined])
})

test('whatever is typed is a search, and never an error', async () => {
  const index = await newIndex()
  index.put({ id: 'a', version: '1' }, 'one OR two NEAR three * ^ - :')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
      expect(Array.isArray(index.search(text, 5))).toBe(true)
    }),
  )
  for (const text of ['"', '*', 'one OR nothing', 'NEAR(one two)', 'words:one', '-', '']) index.search(text, 5)
  expect(ids(index.search('one "two', 5))).toEqual(['a'])
})

test('an index that is damaged is begun anew', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'words.db'), 'this is no database'.repeat(500))
  const index = await newIndex(folder)
  index.put({ id: 'a', version: '1' }, 'word')
  expect(ids(index.search('word', 10))).toEqual(['a'])
})

const by = { id: 'ann', name: 'Ann' }
async function* bytes(text: string) {
  yield new TextEncoder().encode(text)
}

async function world() {
  const folder = memoryFolders()
  const index = await newIndex()
  const log: object[] = []
  const read: string[] = []
  const reader = {
    has: (extension: string) => extension === 'txt',
    async read(content: Uint8Array) {
      const text = new TextDecoder().decode(content)
      read.push(text)
      if (text.startsWith('broken')) throw new Error('it is broken')
      return text
    },
  }
  const words = keepWords({ folder, index, reader, log: (event) => log.push(event), largest: 100 })
  const add = async (name: string, text: string, parentId = 'root') => {
    const file = await folder.storage.create(parentId, [name], bytes(text), { by })
    if (!file) throw new Error(`${name} was not made`)
    return file
  }
  return { folder, index, words, add, read, log }
}

test('all files of all folders are read once, and again when they change', async () => {
  const { folder, index, words, add, read } = await world()
  const inner = await folder.containers.create('root', 'inner')
  const one = await add('one.txt', 'first words')
  await add('two.txt', 'second words', inner?.id)
  await words.all()
  await words.settled()
  expect(ids(index.search('words', 10))).toHaveLength(2)
  await words.all()
  await words.settled()
  expect(read).toHaveLength(2)
  await folder.storage.write(one, bytes('other text'), { by })
  words.changed(one.id)
  await words.settled()
  expect([ids(index.search('first', 10)), ids(index.search('other', 10))]).toEqual([[], [one.id]])
  await folder.storage.remove((await folder.storage.find(one.id)) ?? one, { by })
  words.changed(one.id)
  await words.settled()
  expect(index.versionOf(one.id)).toBeUndefined()
})

test('what has no words, is too large or cannot be read is not tried again before it changes', async () => {
  const { index, words, add, read, log } = await world()
  const files = [await add('a.exe', 'x'), await add('big.txt', 'x'.repeat(101)), await add('bad.txt', 'broken')]
  await add('good.txt', 'good')
  await words.all()
  await words.settled()
  await words.all()
  await words.settled()
  expect(read.sort()).toEqual(['broken', 'good'])
  expect(files.map(({ id }) => index.versionOf(id) !== undefined)).toEqual([true, true, true])
  expect(log).toHaveLength(1)
})
