import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PageRequest } from '@openwopi/host'
import { expect, test } from 'vitest'
import { ann, content, type openTestFolder as Open, openTestFolder, there } from './open-test-folder.ts'

type Folder = Awaited<ReturnType<typeof Open>>

/** All names of a folder, page by page. */
async function names({ containers }: Folder, id: string, request: PageRequest): Promise<string[]> {
  const found: string[] = []
  let after: string | undefined
  do {
    const page = await containers.children(id, { ...request, ...(after !== undefined && { after }) })
    expect(page.containers.length + page.files.length).toBeLessThanOrEqual(request.limit)
    found.push(...page.containers.map(({ name }) => `${name}/`), ...page.files.map(({ name }) => name))
    after = page.next
  } while (after !== undefined)
  return found
}

test('A folder is listed in pages: folders first, each file once, whatever the size of a page.', async () => {
  const folder = await openTestFolder()
  for (const name of ['b', 'A', 'ä']) mkdirSync(join(folder.path, name))
  for (const name of ['z.txt', 'Émile.txt', 'emil.txt', 'a.txt', 'B.txt']) writeFileSync(join(folder.path, name), name)
  const all = ['A/', 'ä/', 'b/', 'a.txt', 'B.txt', 'emil.txt', 'Émile.txt', 'z.txt']
  for (const limit of [1, 2, 3, 4, 5, 8, 100]) expect(await names(folder, 'root', { limit })).toEqual(all)
  expect((await folder.containers.children('root', { limit: 2 })).total).toBe(8)
})

test('A folder is listed by time or size, and the other way round.', async () => {
  const folder = await openTestFolder()
  const sizes = { 'a.txt': 30, 'b.txt': 10, 'c.txt': 20 }
  for (const [index, [name, size]] of Object.entries(sizes).entries()) {
    writeFileSync(join(folder.path, name), 'x'.repeat(size))
    utimesSync(join(folder.path, name), 1000 + index, 1000 + ((index * 2) % 3))
  }
  for (const limit of [1, 2, 10]) {
    expect(await names(folder, 'root', { limit, sort: 'size' })).toEqual(['b.txt', 'c.txt', 'a.txt'])
    expect(await names(folder, 'root', { limit, sort: 'size', descending: true })).toEqual(['a.txt', 'c.txt', 'b.txt'])
    expect(await names(folder, 'root', { limit, sort: 'modifiedAt' })).toEqual(['a.txt', 'c.txt', 'b.txt'])
    expect(await names(folder, 'root', { limit, descending: true })).toEqual(['c.txt', 'b.txt', 'a.txt'])
  }
})

test('A listing by size goes by what the sizes are now.', async () => {
  const folder = await openTestFolder()
  for (const name of ['a', 'b']) writeFileSync(join(folder.path, name), name)
  expect(await names(folder, 'root', { limit: 10, sort: 'size' })).toEqual(['a', 'b'])
  writeFileSync(join(folder.path, 'a'), 'longer')
  expect(await names(folder, 'root', { limit: 10, sort: 'size' })).toEqual(['b', 'a'])
})

test('What is done outside shows in the next listing.', async () => {
  const folder = await openTestFolder()
  writeFileSync(join(folder.path, 'a.txt'), 'a')
  expect(await names(folder, 'root', { limit: 10 })).toEqual(['a.txt'])
  writeFileSync(join(folder.path, 'b.txt'), 'b')
  expect(await names(folder, 'root', { limit: 10 })).toEqual(['a.txt', 'b.txt'])
  writeFileSync(join(folder.path, 'a.txt'), 'changed in place')
  const { files } = await folder.containers.children('root', { limit: 10 })
  expect(files[0]).toMatchObject({ name: 'a.txt', size: 16 })
  rmSync(join(folder.path, 'a.txt'))
  expect(await names(folder, 'root', { limit: 10 })).toEqual(['b.txt'])
})

test('A cursor that is made up is an error, not a listing.', async () => {
  const { containers } = await openTestFolder()
  for (const after of ['', 'x', 'bnVsbA', Buffer.from('[3,4,5]').toString('base64url')])
    await expect(containers.children('root', { limit: 10, after })).rejects.toThrow(/not where a page ended/)
})

test('Folders are made, found, renamed and removed.', async () => {
  const { containers, storage } = await openTestFolder()
  const root = await containers.root()
  expect(root).not.toHaveProperty('parentId')
  const outer = there(await containers.create(root.id, 'outer'))
  const inner = there(await containers.create(outer.id, 'inner'))
  expect(await containers.create(root.id, 'outer')).toBeUndefined()
  expect(await containers.find(inner.id)).toEqual({
    id: inner.id,
    parentId: outer.id,
    name: 'inner',
    ownerId: 'owner',
  })
  const file = there(await storage.create(inner.id, ['a.txt'], content('a'), ann))
  const renamed = there(await containers.rename(outer, 'renamed'))
  expect([renamed.id, renamed.name]).toEqual([outer.id, 'renamed'])
  expect((await containers.ancestors(file.id)).map(({ name }) => name)).toEqual([root.name, 'renamed', 'inner'])
  expect((await containers.ancestors(inner.id)).map(({ id }) => id)).toEqual([root.id, outer.id])
  expect(await containers.ancestors(root.id)).toEqual([])
  expect((await storage.find(file.id))?.id).toBe(file.id)
  expect(await containers.remove(inner)).toBe(false)
  await storage.remove(file, ann)
  expect(await containers.remove(inner)).toBe(true)
  expect(await containers.find(inner.id)).toBeUndefined()
  expect(await containers.remove(inner)).toBe(true)
})

test('A folder with nothing but hidden files in it is not empty.', async () => {
  const { containers, path } = await openTestFolder()
  const folder = there(await containers.create('root', 'folder'))
  writeFileSync(join(path, 'folder/.keep'), '')
  expect(await containers.remove(folder)).toBe(false)
})

test('A rename of a folder takes no name that something has.', async () => {
  const { containers, path } = await openTestFolder()
  const folder = there(await containers.create('root', 'folder'))
  there(await containers.create('root', 'empty'))
  writeFileSync(join(path, 'file'), '')
  writeFileSync(join(path, '.hidden'), '')
  expect(await containers.rename(folder, 'empty')).toBeUndefined()
  expect(await containers.rename(folder, 'file')).toBeUndefined()
  expect((await containers.find(folder.id))?.name).toBe('folder')
})

test('The served folder itself can be neither renamed nor removed.', async () => {
  const { containers } = await openTestFolder()
  const root = await containers.root()
  await expect(containers.rename(root, 'other')).rejects.toThrow(/cannot be renamed/)
  await expect(containers.remove(root)).rejects.toThrow(/cannot be removed/)
})

test('A file is found by its path, and only by a path that is one.', async () => {
  const { byPath, path } = await openTestFolder()
  mkdirSync(join(path, 'a/b'), { recursive: true })
  writeFileSync(join(path, 'a/b/c.txt'), 'c')
  expect((await byPath('a/b/c.txt'))?.name).toBe('c.txt')
  for (const wrong of [
    '',
    '/',
    'a',
    'a/b',
    '/a/b/c.txt',
    'a//b/c.txt',
    './a/b/c.txt',
    'a/../a/b/c.txt',
    'a/b/c.txt/',
    'a/b/c.txt/d',
  ])
    expect(await byPath(wrong)).toBeUndefined()
})

test('A search finds files and folders by a part of their names, ignoring case and accents.', async () => {
  const { search, path, containers } = await openTestFolder()
  mkdirSync(join(path, 'Résumés/2026'), { recursive: true })
  writeFileSync(join(path, 'Résumés/2026/Zoë résumé.docx'), '')
  writeFileSync(join(path, 'percent_100%.txt'), '')
  await containers.children('root', { limit: 1 })
  await expect
    .poll(async () => (await search('RESUME', 10)).map(({ name, kind, path }) => ({ name, kind, path })))
    .toEqual([
      { name: 'Résumés', kind: 'folder', path: [] },
      { name: 'Zoë résumé.docx', kind: 'file', path: ['Résumés', '2026'] },
    ])
  expect(await search('RESUME', 1)).toHaveLength(1)
  expect((await search('0%', 10)).map(({ name }) => name)).toEqual(['percent_100%.txt'])
  expect(await search('t_1', 10)).toHaveLength(1)
  expect(await search('tx1', 10)).toEqual([])
  expect(await search('', 10)).toEqual([])
  rmSync(join(path, 'Résumés'), { recursive: true })
  expect(await search('resume', 10)).toEqual([])
})
