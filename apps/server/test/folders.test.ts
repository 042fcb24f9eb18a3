import { mkdir, readdir, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FileItem, FolderItem, Found } from '../src/api.ts'
import { problemOf, start } from './start.ts'

const folder = async (response: Response) => (await response.json()) as FolderItem

test('a folder lists its folders and files, with the way to it', async () => {
  const server = await start({ files: { 'b.txt': 'bb', 'a.png': 'a', 'sub/deep/c.md': '' } })
  const root = await server.list()
  expect(root.folders.map(({ name }) => name)).toEqual(['sub'])
  expect(root.files.map(({ name, size, actions }) => ({ name, size, actions }))).toEqual([
    { name: 'a.png', size: 1, actions: { view: true, edit: false } },
    { name: 'b.txt', size: 2, actions: { view: true, edit: true } },
  ])
  expect(root.total).toBe(3)
  expect(root.breadcrumbs).toEqual([])
  const sub = await server.list(root.folders[0]?.id)
  const deep = await server.list(sub.folders[0]?.id)
  expect(deep.breadcrumbs.map(({ id }) => id)).toEqual([root.folder.id, sub.folder.id])
  expect(deep.files.map(({ name }) => name)).toEqual(['c.md'])
})

test('a long folder comes in pages, in the order that is asked for', async () => {
  const server = await start({
    files: Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`f${i}.txt`, 'x'.repeat(i)])),
  })
  const names: string[] = []
  let after: string | undefined
  do {
    const query = new URLSearchParams({
      limit: '3',
      sort: 'size',
      descending: 'true',
      ...(after !== undefined && { after }),
    })
    const page = await (await server.ask(`/api/folders/root?${query}`)).json()
    names.push(...page.files.map((file: FileItem) => file.name))
    after = page.next
  } while (after !== undefined)
  expect(names).toEqual(['f6.txt', 'f5.txt', 'f4.txt', 'f3.txt', 'f2.txt', 'f1.txt', 'f0.txt'])
  expect((await server.ask('/api/folders/root?sort=colour')).status).toBe(400)
})

test('a folder is made, renamed and removed on disk', async () => {
  const server = await start()
  const made = await folder(await server.change('POST', '/api/folders/root/folders', { name: 'Größe' }))
  expect((await stat(join(server.folder, 'Größe'))).isDirectory()).toBe(true)
  const renamed = await server.change('PATCH', `/api/folders/${made.id}`, { name: 'Reports' })
  expect(await folder(renamed)).toEqual({ kind: 'folder', id: made.id, name: 'Reports' })
  expect((await server.change('DELETE', `/api/folders/${made.id}`)).status).toBe(204)
  expect((await readdir(server.folder)).filter((name) => !name.startsWith('.'))).toEqual([])
})

test('a folder that is not empty is not removed, and a name that is taken not given again', async () => {
  const server = await start({ files: { 'full/a.txt': 'a' } })
  await mkdir(join(server.folder, 'other'))
  const [full, other] = (await server.list()).folders
  const removal = await server.change('DELETE', `/api/folders/${full?.id}`)
  expect([removal.status, (await problemOf(removal)).message]).toEqual([409, expect.stringMatching(/not empty/)])
  expect((await server.change('POST', '/api/folders/root/folders', { name: 'full' })).status).toBe(409)
  expect((await server.change('PATCH', `/api/folders/${other?.id}`, { name: 'full' })).status).toBe(409)
  expect((await server.list()).folders).toHaveLength(2)
})

test('the folder that is served itself is neither renamed nor removed', async () => {
  const server = await start()
  expect((await server.change('PATCH', '/api/folders/root', { name: 'x' })).status).toBe(409)
  expect((await server.change('DELETE', '/api/folders/root')).status).toBe(409)
})

test('a new document is an empty file that belongs to whoever made it', async () => {
  const server = await start()
  const response = await server.change('POST', '/api/folders/root/files', { name: 'notes.md' })
  expect([response.status, await response.json()]).toEqual([
    201,
    expect.objectContaining({ name: 'notes.md', size: 0 }),
  ])
  expect((await stat(join(server.folder, 'notes.md'))).size).toBe(0)
  expect((await server.change('POST', '/api/folders/root/files', { name: 'notes.md' })).status).toBe(409)
})

test('a name that no file can have is refused, with one that it can have', async () => {
  const server = await start()
  const bad = [
    '../up.txt',
    'a/b.txt',
    'a\u0000b.txt',
    'con.txt',
    '',
    '.',
    '..',
    `${'x'.repeat(600)}.txt`,
    'a\r\nb.txt',
    'a:b.txt',
  ]
  for (const name of bad) {
    for (const kind of ['files', 'folders']) {
      const response = await server.change('POST', `/api/folders/root/${kind}`, { name })
      expect([name, response.status]).toEqual([name, 400])
      expect((await problemOf(response)).suggestion).toBeTruthy()
    }
  }
  expect((await readdir(server.folder)).filter((name) => name !== '.openwopi')).toEqual([])
})

test('what lies outside of the folder is not served, whatever leads there', async () => {
  const outside = await start({ files: { 'secret.txt': 'of someone else' } })
  const server = await start({ files: { 'a.txt': 'a' } })
  await symlink(join(outside.folder, 'secret.txt'), join(server.folder, 'link.txt'))
  await symlink(outside.folder, join(server.folder, 'linked'))
  const { files, folders } = await server.list()
  expect([files.map(({ name }) => name), folders]).toEqual([['a.txt'], []])
  for (const path of ['link.txt', 'linked/secret.txt', '../secret.txt', '.openwopi/secrets/key']) {
    await expect(server.token({ path })).rejects.toThrow('404')
  }
})

test('search finds files and folders wherever they lie', async () => {
  const server = await start({ files: { 'Übersicht.txt': '', 'sub/übersicht 2.md': '', 'sub/other.md': '' } })
  const found = (await (await server.ask('/api/search?q=ubersicht')).json()) as Found
  expect(found.items.map(({ name }) => name).sort()).toEqual(['Übersicht.txt', 'übersicht 2.md'])
  expect(found.paths).toHaveLength(2)
  expect(await (await server.ask('/api/search?q=')).json()).toEqual({ items: [], paths: [], snippets: [] })
})

test('a folder or file that is not there is a 404 with a sentence', async () => {
  const server = await start()
  for (const path of ['/api/folders/nope', '/api/files/nope', '/api/files/nope/content', '/api/files/nope/versions']) {
    const response = await server.ask(path)
    expect([path, response.status]).toEqual([path, 404])
    expect((await problemOf(response)).message).toMatch(/not there/)
  }
})
