import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ann, bob, content, openTestFolder, text, textOf, there } from './open-test-folder.ts'

async function withRemoved(name = 'a.txt') {
  const folder = await openTestFolder({ now: () => 5000 })
  const first = there(await folder.storage.create('root', [name], content('first'), ann))
  const file = there(await folder.storage.write(first, content('second'), ann))
  expect(await folder.storage.remove(file, bob)).toBe(true)
  return { ...folder, first, file }
}

test('A removed file is in the trash, with who removed it and when.', async () => {
  const { storage, trash, file, path } = await withRemoved()
  expect(await storage.find(file.id)).toBeUndefined()
  expect(await storage.child('root', 'a.txt')).toBeUndefined()
  expect(existsSync(join(path, 'a.txt'))).toBe(false)
  const [removed, ...others] = await trash.list()
  expect(others).toEqual([])
  expect(removed).toMatchObject({ file: { id: file.id, name: 'a.txt' }, by: bob.by, removedAt: 5000 })
})

test('A restored file is what it was: id, version, content and earlier versions.', async () => {
  const folder = await withRemoved()
  const restored = there(await folder.trash.restore(folder.file.id))
  expect(restored).toMatchObject({ id: folder.file.id, name: 'a.txt', version: folder.file.version })
  expect(await textOf(folder, restored)).toBe('second')
  expect(await text(await folder.versions.read(restored.id, folder.first.version))).toBe('first')
  expect(await folder.trash.list()).toEqual([])
  expect(readdirSync(join(folder.path, '.openwopi/trash'))).toEqual([])
})

test('A restored file takes the next free name where its own is taken.', async () => {
  const folder = await withRemoved()
  const other = there(await folder.storage.create('root', ['a.txt'], content('other'), ann))
  const restored = there(await folder.trash.restore(folder.file.id))
  expect(restored.name).toBe('a (2).txt')
  expect(await textOf(folder, other)).toBe('other')
})

test('So does one whose name is as long as names can be.', async () => {
  const folder = await withRemoved(`${'é'.repeat(125)}.docx`)
  there(await folder.storage.create('root', [folder.file.name], content('other'), ann))
  expect((await folder.trash.restore(folder.file.id))?.name).toBe(`${'é'.repeat(123)} (2).docx`)
})

test('Of many who restore a file one does.', async () => {
  const { trash, file, path } = await withRemoved()
  const restored = await Promise.all(Array.from({ length: 5 }, () => trash.restore(file.id)))
  expect(restored.filter(Boolean)).toHaveLength(1)
  expect(readdirSync(path)).toEqual(['.openwopi', 'a.txt'])
})

test('A file comes back into its folder, which is made again if it is gone.', async () => {
  const folder = await openTestFolder()
  const outer = there(await folder.containers.create('root', 'outer'))
  const inner = there(await folder.containers.create(outer.id, 'inner'))
  const file = there(await folder.storage.create(inner.id, ['a.txt'], content('a'), ann))
  await folder.storage.remove(file, ann)
  expect(await folder.containers.remove(inner)).toBe(true)
  expect(await folder.containers.remove(outer)).toBe(true)
  await folder.trash.restore(file.id)
  expect((await folder.byPath('outer/inner/a.txt'))?.id).toBe(file.id)
})

test('A restart changes nothing in the trash.', async () => {
  const { file, close, path } = await withRemoved()
  await close()
  const folder = await openTestFolder({ folder: path })
  expect((await folder.trash.list()).map(({ file: { id } }) => id)).toEqual([file.id])
  expect(await textOf(folder, there(await folder.trash.restore(file.id)))).toBe('second')
})

test('What is emptied is gone for good, with its versions.', async () => {
  const { trash, versions, file, first, path } = await withRemoved()
  await trash.empty()
  expect(await trash.list()).toEqual([])
  expect(await trash.restore(file.id)).toBeUndefined()
  expect(await versions.read(file.id, first.version)).toBeUndefined()
  expect(readdirSync(join(path, '.openwopi/trash'))).toEqual([])
  expect(readdirSync(join(path, '.openwopi/versions'))).toEqual([])
})

test('What is not in the trash cannot be restored.', async () => {
  const folder = await openTestFolder()
  const file = there(await folder.storage.create('root', ['a.txt'], content('a'), ann))
  expect(await folder.trash.restore(file.id)).toBeUndefined()
  expect(await folder.trash.restore('no such id')).toBeUndefined()
  expect(await folder.trash.restore('root')).toBeUndefined()
})

test('A file that is taken out of the trash by hand is that file again.', async () => {
  const { storage, trash, file, path } = await withRemoved()
  renameSync(join(path, '.openwopi/trash', file.id), join(path, 'by hand.txt'))
  expect((await storage.child('root', 'by hand.txt'))?.id).toBe(file.id)
  expect(await trash.list()).toEqual([])
})

test('A removal that a crash has interrupted is finished by the next start.', async () => {
  const { trash, file, close, path } = await withRemoved()
  renameSync(join(path, '.openwopi/trash', file.id), join(path, 'a.txt'))
  await close()
  const folder = await openTestFolder({ folder: path })
  expect(existsSync(join(path, 'a.txt'))).toBe(false)
  expect(await folder.trash.list()).toHaveLength(1)
  expect(trash).toBeDefined()
})

test('A removal does not happen while the file cannot be moved.', async () => {
  const folder = await openTestFolder()
  const file = there(await folder.storage.create('root', ['a.txt'], content('a'), ann))
  rmSync(join(folder.path, '.openwopi/trash'), { recursive: true })
  writeFileSync(join(folder.path, '.openwopi/trash'), 'no folder')
  await expect(folder.storage.remove(file, ann)).rejects.toThrow()
  expect(await textOf(folder, there(await folder.storage.find(file.id)))).toBe('a')
  expect(await folder.trash.list()).toEqual([])
})
