import { existsSync, linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ann, content, openTestFolder, text, textOf, there } from './open-test-folder.ts'

/** A folder as a crash leaves it after the index has been told of a save, and before the disk has been changed. */
async function inMidSave(options = {}) {
  const folder = await openTestFolder(options)
  const at = (path: string) => join(folder.path, path)
  const file = there(await folder.storage.create('root', ['a.txt'], content('old'), ann))
  linkSync(at('a.txt'), at('.old'))
  const saved = there(await folder.storage.write(file, content('saved'), ann))
  const source = at('.openwopi/incoming/saved')
  renameSync(at('a.txt'), source)
  renameSync(at('.old'), at('a.txt'))
  const { ino } = statSync(at('a.txt'))
  folder.served.database
    .prepare(
      'INSERT INTO publishing SELECT ?, ?, ino, born, size, mtime FROM (SELECT ? AS ino, 0 AS born, 3 AS size, ? AS mtime)',
    )
    .run(file.id, 'data:incoming/saved', ino, statSync(at('a.txt')).mtimeMs)
  await folder.close()
  return { at, file, saved, path: folder.path }
}

test('A save that a crash has interrupted is finished by the next start.', async () => {
  const { file, saved, path } = await inMidSave()
  const folder = await openTestFolder({ folder: path })
  const found = there(await folder.storage.find(file.id))
  expect(found.version).toBe(saved.version)
  expect(found.changedOutside).toBeUndefined()
  expect(await textOf(folder, found)).toBe('saved')
  expect(await text(await folder.versions.read(file.id, file.version))).toBe('old')
})

test('Where the file has been changed outside since, that stays, and the save is a version.', async () => {
  const { at, file, saved, path } = await inMidSave()
  writeFileSync(at('a.txt'), 'from outside')
  const folder = await openTestFolder({ folder: path })
  const found = there(await folder.storage.find(file.id))
  expect(found.changedOutside).toBe(true)
  expect(await textOf(folder, found)).toBe('from outside')
  expect(await text(await folder.versions.read(file.id, saved.version))).toBe('saved')
})

test('That holds too where earlier versions are not kept.', async () => {
  const { at, file, saved, path } = await inMidSave({ keepVersions: 1 })
  writeFileSync(at('a.txt'), 'from outside')
  const folder = await openTestFolder({ folder: path })
  expect(await textOf(folder, there(await folder.storage.find(file.id)))).toBe('from outside')
  expect(await text(await folder.versions.read(file.id, saved.version))).toBe('saved')
})

test('What had not arrived when the process ended is cleaned up.', async () => {
  const { path, close, storage } = await openTestFolder()
  const file = there(await storage.create('root', ['a.txt'], content('whole'), ann))
  let isHalf = () => {}
  const half = new Promise<void>((resolve) => {
    isHalf = resolve
  })
  let stop: (error: Error) => void = () => {}
  const end = new Promise((_, reject) => {
    stop = reject
  })
  async function* endless() {
    yield Buffer.alloc(1 << 20)
    isHalf()
    await end
  }
  const writing = expect(storage.write(file, endless(), ann)).rejects.toThrow('the process has ended')
  await half
  expect(readdirSync(join(path, '.openwopi/incoming'))).toHaveLength(1)
  await close()
  const cleaned: (string | undefined)[] = []
  const folder = await openTestFolder({ folder: path, observe: ({ what }) => cleaned.push(what) })
  expect(readdirSync(join(path, '.openwopi/incoming'))).toEqual([])
  expect(cleaned).toEqual(['cleaned up'])
  expect(await textOf(folder, there(await folder.storage.find(file.id)))).toBe('whole')
  stop(new Error('the process has ended'))
  await writing
})

test('A rename that a crash has interrupted leaves one name.', async () => {
  const { path, close, storage, served } = await openTestFolder()
  const file = there(await storage.create('root', ['a.txt'], content('a'), ann))
  served.leftovers.note(join(path, 'a.txt'), statSync(join(path, 'a.txt')).ino)
  linkSync(join(path, 'a.txt'), join(path, 'b.txt'))
  await close()
  const folder = await openTestFolder({ folder: path })
  expect(await folder.storage.find(file.id)).toMatchObject({ id: file.id, name: 'b.txt', version: file.version })
  expect(existsSync(join(path, 'a.txt'))).toBe(false)
})

test('A rename that has not begun deletes nothing.', async () => {
  const { path, close, storage, served } = await openTestFolder()
  const file = there(await storage.create('root', ['a.txt'], content('a'), ann))
  served.leftovers.note(join(path, 'a.txt'), statSync(join(path, 'a.txt')).ino)
  await close()
  const folder = await openTestFolder({ folder: path })
  expect((await folder.storage.find(file.id))?.name).toBe('a.txt')
})

test('Content that breaks off leaves nothing behind, new file or old.', async () => {
  const folder = await openTestFolder()
  const file = there(await folder.storage.create('root', ['a.txt'], content('before'), ann))
  async function* broken() {
    yield Buffer.alloc(300_000)
    throw new Error('the connection is gone')
  }
  await expect(folder.storage.write(file, broken(), ann)).rejects.toThrow('the connection is gone')
  await expect(folder.storage.create('root', ['b.txt'], broken(), ann)).rejects.toThrow('the connection is gone')
  expect(readdirSync(join(folder.path, '.openwopi/incoming'))).toEqual([])
  expect(readdirSync(folder.path).sort()).toEqual(['.openwopi', 'a.txt'])
  expect(readFileSync(join(folder.path, 'a.txt'), 'utf8')).toBe('before')
})

test('A save that cannot take its place is refused, and all is as before.', async () => {
  const folder = await openTestFolder()
  const first = there(await folder.storage.create('root', ['a.txt'], content('first'), ann))
  const file = there(await folder.storage.write(first, content('before'), ann))
  async function* sabotaged() {
    yield Buffer.from('after')
    // Neither a name nor a copy can be made among the versions.
    rmSync(join(folder.path, '.openwopi/versions', file.id), { recursive: true })
    writeFileSync(join(folder.path, '.openwopi/versions', file.id), '')
  }
  await expect(folder.storage.write(file, sabotaged(), ann)).rejects.toThrow()
  expect(await folder.storage.find(file.id)).toEqual(file)
  expect(await textOf(folder, file)).toBe('before')
  expect(readdirSync(join(folder.path, '.openwopi/incoming'))).toEqual([])
})
