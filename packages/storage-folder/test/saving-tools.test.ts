import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Lock } from '@openwopi/host'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ann, content, openTestFolder, textOf, there } from './open-test-folder.ts'

/** A folder with files that have been there for an hour. */
async function withOld(...names: string[]) {
  let hours = 0
  const folder = await openTestFolder({ now: () => Date.now() + hours * 3_600_000 })
  const at = (name: string) => join(folder.path, name)
  for (const name of names) writeFileSync(at(name), `old ${name}`)
  const ids = new Map<string, string>()
  for (const name of names) ids.set(name, there(await folder.byPath(name)).id)
  hours = 1
  const list = async () => (await folder.containers.children('root', { limit: 99 })).files
  const id = (name: string) => there(ids.get(name))
  return {
    ...folder,
    list,
    id,
    write: (name: string, words: string) => writeFileSync(at(name), words),
    move: (from: string, to: string) => renameSync(at(from), at(to)),
    remove: (name: string) => rmSync(at(name)),
    nameOf: async (name: string) => (await folder.storage.find(id(name)))?.name,
    words: (name: string) => readFileSync(at(name), 'utf8'),
  }
}

type World = Awaited<ReturnType<typeof withOld>>
type Step = (world: World, name: string, words: string) => void

/** How programs save: each in steps that others can see. */
const tools: Record<string, readonly Step[]> = {
  'by a part file': [
    ({ write }, name, words) => write(`${name}.part`, words),
    ({ move }, name) => move(`${name}.part`, name),
  ],
  'by a new file of any name': [
    ({ write }, name, words) => write(`new ${name}`, words),
    ({ move }, name) => move(`new ${name}`, name),
  ],
  'as Word does': [
    ({ write }, _, words) => write('~WRD0001.tmp', words),
    ({ move }, name) => move(name, '~WRL0002.tmp'),
    ({ move }, name) => move('~WRD0001.tmp', name),
    ({ remove }) => remove('~WRL0002.tmp'),
  ],
  'as Excel does': [
    ({ write }, _, words) => write('5E8A1C00', words),
    ({ move }, name) => move(name, '7F21B4D3.tmp'),
    ({ move }, name) => move('5E8A1C00', name),
    ({ remove }) => remove('7F21B4D3.tmp'),
  ],
  'with a backup': [({ move }, name) => move(name, `${name}~`), ({ write }, name, words) => write(name, words)],
  'with a backup that is taken back': [
    ({ move }, name) => move(name, `${name}.bak`),
    ({ move }, name) => move(`${name}.bak`, name),
    ({ write }, name, words) => write(name, words),
  ],
  'by removing and writing': [({ remove }, name) => remove(name), ({ write }, name, words) => write(name, words)],
}

test('An id stays with the name through every way to save, also if the folder is listed in the middle of it.', async () => {
  const save = fc.record({
    tool: fc.constantFrom(...Object.keys(tools)),
    name: fc.constantFrom('a.docx', 'b.txt'),
    looks: fc.array(fc.constantFrom('list', 'find', 'nothing'), { minLength: 4, maxLength: 4 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(save, { minLength: 1, maxLength: 8 }), async (saves) => {
      const world = await withOld('a.docx', 'b.txt')
      for (const [count, { tool, name, looks }] of saves.entries()) {
        const words = `${tool} ${count}`
        for (const [index, step] of there(tools[tool]).entries()) {
          step(world, name, words)
          if (looks[index] === 'list') await world.list()
          if (looks[index] === 'find') await world.storage.find(world.id(name))
        }
        for (const each of ['a.docx', 'b.txt']) {
          const file = there(await world.storage.find(world.id(each)))
          expect(file.name).toBe(each)
          expect(await textOf(world, file)).toBe(world.words(each))
          expect((await world.byPath(each))?.id).toBe(file.id)
        }
        expect(world.words(name)).toBe(words)
        const ids = (await world.list()).map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
      }
      await world.close()
    }),
    {
      numRuns: 25,
      examples: Object.keys(tools).map((tool) => [[{ tool, name: 'a.docx', looks: ['list', 'list', 'list', 'list'] }]]),
    },
  )
}, 300_000)

test('The id of a file that a tool has replaced goes with the new file from then on.', async () => {
  const { list, move, write, nameOf } = await withOld('a.txt')
  write('a.txt.part', 'new')
  await list()
  move('a.txt.part', 'a.txt')
  await list()
  move('a.txt', 'b.txt')
  expect(await nameOf('a.txt')).toBe('b.txt')
})

test('A file that is moved over another one brings its id, unless that one is locked.', async () => {
  const { move, nameOf, locks, id, byPath } = await withOld('a.txt', 'b.txt', 'c.txt', 'd.txt')
  move('a.txt', 'b.txt')
  expect(await nameOf('a.txt')).toBe('b.txt')
  expect(await nameOf('b.txt')).toBeUndefined()
  const lock: Lock = { id: 'lock', version: '1', by: ann.by, expiresAt: Date.now() + 7_200_000 }
  await locks.swap(id('d.txt'), undefined, lock)
  move('c.txt', 'd.txt')
  expect(await nameOf('d.txt')).toBe('d.txt')
  expect((await byPath('d.txt'))?.id).toBe(id('d.txt'))
  expect(await nameOf('c.txt')).toBeUndefined()
})

test('A locked file whose name was vacant for a while has its id back when an old file is moved there.', async () => {
  const { list, move, remove, nameOf, locks, id } = await withOld('a.txt', 'b.txt')
  await locks.swap(id('b.txt'), undefined, { id: 'lock', version: '1', by: ann.by, expiresAt: Date.now() + 7_200_000 })
  remove('b.txt')
  await list()
  move('a.txt', 'b.txt')
  expect(await nameOf('b.txt')).toBe('b.txt')
})

test('A new file that was saved or read here brings its id over the name of another one.', async () => {
  const folder = await withOld('a.txt', 'b.txt')
  const made = there(await folder.storage.create('root', ['new.txt'], content('made here'), ann))
  folder.move('new.txt', 'a.txt')
  expect((await folder.storage.find(made.id))?.name).toBe('a.txt')
  folder.write('other.txt', 'read here')
  const other = there(await folder.byPath('other.txt'))
  await textOf(folder, other)
  folder.move('other.txt', 'b.txt')
  expect((await folder.storage.find(other.id))?.name).toBe('b.txt')
})

test('Files that swap their names are moved, also new ones.', async () => {
  const { list, move, write, byPath, nameOf } = await withOld('old.txt')
  write('new.txt', 'new')
  const fresh = there(await byPath('new.txt'))
  move('old.txt', '.aside')
  move('new.txt', 'old.txt')
  move('.aside', 'new.txt')
  await list()
  expect(await nameOf('old.txt')).toBe('new.txt')
  expect((await byPath('old.txt'))?.id).toBe(fresh.id)
})
