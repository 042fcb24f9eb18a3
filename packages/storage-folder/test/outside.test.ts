import { createHash } from 'node:crypto'
import { chmod, cp, link, mkdir, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasKnownContent } from '../src/contents.ts'
import { ann, bob, content, openTestFolder, text, textOf, there } from './open-test-folder.ts'

const sha256 = (words: string) => createHash('sha256').update(words).digest('base64')

/** A folder with a file in it that was there before it was opened. */
async function withFile(name = 'report.txt', words = 'before') {
  const folder = await openTestFolder()
  await writeFile(join(folder.path, name), words)
  const file = there(await folder.byPath(name))
  return { ...folder, file, at: (path: string) => join(folder.path, path) }
}

test('A file keeps its id and version when it is renamed outside.', async () => {
  const { storage, file, at } = await withFile()
  await rename(at('report.txt'), at('final.txt'))
  const found = there(await storage.find(file.id))
  expect(found).toMatchObject({ id: file.id, name: 'final.txt', version: file.version })
  expect(await text(await storage.read(found))).toBe('before')
  expect(await storage.child('root', 'report.txt')).toBeUndefined()
  expect((await storage.child('root', 'final.txt'))?.id).toBe(file.id)
})

test('A file keeps its id when it is moved into another folder outside, be that old or new.', async () => {
  const { storage, containers, file, at } = await withFile()
  const old = there(await containers.create('root', 'old'))
  await rename(at('report.txt'), at('old/report.txt'))
  expect(await storage.find(file.id)).toMatchObject({ parentId: old.id, version: file.version })
  await mkdir(at('a/b/c'), { recursive: true })
  await rename(at('old/report.txt'), at('a/b/c/moved.txt'))
  const moved = there(await storage.find(file.id))
  expect(moved).toMatchObject({ name: 'moved.txt', version: file.version })
  const names = (await containers.ancestors(moved.parentId)).map(({ name }) => name)
  expect(names.slice(1)).toEqual(['a', 'b'])
})

test('Files keep their ids when a folder above them is renamed or moved outside.', async () => {
  const { storage, byPath, at } = await withFile()
  await mkdir(at('a/b'), { recursive: true })
  await mkdir(at('c'))
  await writeFile(at('a/b/deep.txt'), 'deep')
  const deep = there(await byPath('a/b/deep.txt'))
  await rename(at('a/b'), at('c/d'))
  await rename(at('c'), at('e'))
  expect((await byPath('e/d/deep.txt'))?.id).toBe(deep.id)
  expect(await storage.find(deep.id)).toMatchObject({ id: deep.id, version: deep.version })
})

test('Ids follow the files when folders are moved into each other.', async () => {
  // To this clock, what has been compared needs no second look.
  const { storage, byPath, path } = await openTestFolder({ now: () => Date.now() + 60_000 })
  const at = (name: string) => join(path, name)
  await mkdir(at('a/b'), { recursive: true })
  await writeFile(at('a/in-a.txt'), 'a')
  await writeFile(at('a/b/in-b.txt'), 'b')
  const inA = there(await byPath('a/in-a.txt'))
  const inB = there(await byPath('a/b/in-b.txt'))
  await rename(at('a/b'), at('b'))
  await rename(at('a'), at('b/a'))
  expect((await storage.find(inA.id))?.id).toBe(inA.id)
  expect((await byPath('b/a/in-a.txt'))?.id).toBe(inA.id)
  expect((await byPath('b/in-b.txt'))?.id).toBe(inB.id)
})

test('A file that a tool replaces by a temporary file keeps its id and gets a new version.', async () => {
  const { storage, file, at } = await withFile()
  await writeFile(at('.report.tmp'), 'after the tool')
  await rename(at('.report.tmp'), at('report.txt'))
  const found = there(await storage.find(file.id))
  expect(found.version).not.toBe(file.version)
  expect(found).toMatchObject({ name: 'report.txt', changedOutside: true, size: 14 })
  expect(await text(await storage.read(found))).toBe('after the tool')
})

test('A file keeps its id when an editor puts the old state aside under another name and writes a new one.', async () => {
  const { storage, containers, file, at } = await withFile()
  for (const aside of ['report.txt~', 'report.txt.bak', '.report.txt.old']) {
    await rename(at('report.txt'), at(aside))
    await writeFile(at('report.txt'), `after ${aside}`)
    const found = there(await storage.find(file.id))
    expect(found.name).toBe('report.txt')
    expect(await text(await storage.read(found))).toBe(`after ${aside}`)
  }
  const { files } = await containers.children('root', { limit: 10 })
  expect(files.map(({ name }) => name)).toEqual(['report.txt', 'report.txt.bak', 'report.txt~'])
  expect(new Set(files.map(({ id }) => id)).size).toBe(3)
})

test('When a file is moved away and another one takes its name, the id goes with the file.', async () => {
  const { storage, containers, file, at } = await withFile()
  await containers.create('root', 'archive')
  await rename(at('report.txt'), at('archive/report.txt'))
  await writeFile(at('report.txt'), 'another')
  const other = there(await storage.child('root', 'report.txt'))
  expect(other.id).not.toBe(file.id)
  const moved = there(await storage.find(file.id))
  expect(moved.parentId).not.toBe('root')
  expect(await text(await storage.read(moved))).toBe('before')
})

test('The same holds for a folder that is new.', async () => {
  const { storage, file, at } = await withFile()
  await mkdir(at('archive/2026'), { recursive: true })
  await rename(at('report.txt'), at('archive/2026/report.txt'))
  await writeFile(at('report.txt'), 'another')
  const moved = there(await storage.find(file.id))
  expect(await text(await storage.read(moved))).toBe('before')
  expect((await storage.child('root', 'report.txt'))?.id).not.toBe(file.id)
})

test('Two files that swap their names keep their ids and versions.', async () => {
  const { storage, byPath, file, at } = await withFile()
  await writeFile(at('other.txt'), 'the other')
  const other = there(await byPath('other.txt'))
  await rename(at('report.txt'), at('x'))
  await rename(at('other.txt'), at('report.txt'))
  await rename(at('x'), at('other.txt'))
  expect(await storage.find(file.id)).toMatchObject({ name: 'other.txt', version: file.version })
  expect(await storage.find(other.id)).toMatchObject({ name: 'report.txt', version: other.version })
})

test('A change of content gets a new version, once.', async () => {
  const seen: string[] = []
  const folder = await openTestFolder({ observe: ({ what }) => seen.push(what) })
  const path = join(folder.path, 'a.txt')
  await writeFile(path, 'one')
  const one = there(await folder.byPath('a.txt'))
  await writeFile(path, 'two, and longer')
  const two = there(await folder.storage.find(one.id))
  expect(two.version).not.toBe(one.version)
  expect(await folder.storage.read(one)).toBeUndefined()
  expect(there(await folder.storage.find(one.id)).version).toBe(two.version)
  expect(seen).toEqual(['changed outside'])
})

test('A change that keeps size and time is found by its content, before anyone is told the old version.', async () => {
  const { storage, file, at } = await withFile('a.txt', 'one')
  const saved = there(await storage.write(file, content('two'), ann))
  await utimes(at('a.txt'), 1e9, 1e9)
  expect(await storage.find(file.id)).toEqual(saved)
  await writeFile(at('a.txt'), 'six')
  await utimes(at('a.txt'), 1e9, 1e9)
  const found = there(await storage.find(file.id))
  expect(found.version).not.toBe(saved.version)
  expect(found).toMatchObject({ changedOutside: true, sha256: sha256('six') })
  expect(found.modifiedAt).not.toBe(saved.modifiedAt)
  expect(await text(await storage.read(found))).toBe('six')
})

test('The same bytes are the same version, whoever wrote them and when, while the folder is served and while it is not.', async () => {
  const events: string[] = []
  const first = await openTestFolder({ observe: ({ what }) => events.push(what) })
  const at = (path: string) => join(first.path, path)
  const file = there(await first.storage.create('root', ['a.txt'], content('saved'), ann))
  const saved = there(await first.storage.write(file, content('again'), ann))
  const copying = [
    () => utimes(at('a.txt'), 2e9, 2e9),
    () => chmod(at('a.txt'), 0o640),
    () => writeFile(at('a.txt'), 'again'),
    () => cp(at('a.txt'), at('.copy'), { preserveTimestamps: true }).then(() => rename(at('.copy'), at('a.txt'))),
    () => cp(at('a.txt'), at('.copy')).then(() => rename(at('.copy'), at('a.txt'))),
    () => cp(at('a.txt'), at('.copy')).then(() => rm(at('a.txt')).then(() => rename(at('.copy'), at('a.txt')))),
  ]
  for (const copy of copying) {
    await copy()
    expect(await first.storage.find(saved.id)).toEqual(saved)
    expect((await first.containers.children('root', { limit: 9 })).files).toEqual([saved])
  }
  expect((await first.versions.list(saved.id)).map(({ version }) => version)).toEqual([saved.version, file.version])
  let open = first
  for (const copy of copying) {
    await open.close()
    await copy()
    open = await openTestFolder({ folder: first.path })
    expect(await open.byPath('a.txt')).toEqual(saved)
  }
  const next = there(await open.storage.write(saved, content('after'), bob))
  expect(next.modifiedAt).toBeGreaterThan(saved.modifiedAt)
  expect(await text(await open.versions.read(saved.id, saved.version))).toBe('again')
  expect(events).toEqual([])
})

test('A file that a tool replaces by one of the same size and times has another version and hash.', async () => {
  const folder = await openTestFolder()
  const at = (path: string) => join(folder.path, path)
  const file = there(await folder.storage.create('root', ['a.txt'], content('one'), ann))
  const { atime, mtime } = await stat(at('a.txt'))
  await writeFile(at('.new'), 'two')
  await utimes(at('.new'), atime, mtime)
  await rename(at('.new'), at('a.txt'))
  const { files } = await folder.containers.children('root', { limit: 9, sort: 'modifiedAt' })
  expect(files).toMatchObject([{ id: file.id, changedOutside: true, sha256: sha256('two') }])
  expect(files[0]?.version).not.toBe(file.version)
})

test('What a file contains is read when it has changed, and neither at a call nor for what this storage does itself.', async () => {
  const { storage, containers, versions, trash, path, served } = await openTestFolder()
  const file = there(await storage.create('root', ['a.txt'], content('one'), ann))
  const isKnown = () => hasKnownContent(there(served.entries.get(file.id)), there(served.disk.see(join(path, name))))
  let name = 'a.txt'
  expect(isKnown()).toBe(true)
  const saved = there(await storage.write(file, content('two'), ann))
  expect(isKnown()).toBe(true)
  name = 'b.txt'
  await storage.rename(saved, name)
  expect(isKnown()).toBe(true)
  await storage.remove(saved, ann)
  await trash.restore(saved.id)
  expect(isKnown()).toBe(true)
  await storage.write(saved, content('three'), ann)
  await versions.list(saved.id)
  await containers.children('root', { limit: 9 })
  expect(isKnown()).toBe(true)
  await chmod(join(path, name), 0o600)
  expect(isKnown()).toBeUndefined()
  await storage.find(saved.id)
  expect(isKnown()).toBe(true)
})

test('A change within the same tick of the clock, which no time shows, is found.', async () => {
  let clock = Date.now()
  const { storage, byPath, served, path } = await openTestFolder({ now: () => clock })
  await writeFile(join(path, 'a.txt'), 'one')
  clock = (await stat(join(path, 'a.txt'))).ctimeMs
  const file = there(await byPath('a.txt'))
  await expect.poll(async () => (await storage.find(file.id))?.sha256).toBe(sha256('one'))
  await writeFile(join(path, 'a.txt'), 'two')
  const { mtime, ctime } = there(served.disk.see(join(path, 'a.txt')))
  served.entries.setContent(file.id, { ...there(served.entries.get(file.id)), mtime, ctime })
  const found = there(await storage.find(file.id))
  expect(found.sha256).toBe(sha256('two'))
  expect(found.version).not.toBe(file.version)
})

test('While a large file is compared, other files are answered for, and it is read once for all who ask.', async () => {
  const { storage, served, path } = await openTestFolder()
  const half = Buffer.alloc(32 << 20, 1)
  const large = there(await storage.create('root', ['large.bin'], content(half, half), ann))
  const small = there(await storage.create('root', ['small.txt'], content('small'), ann))
  await utimes(join(path, 'large.bin'), 1e9, 1e9)
  let isDone = false
  const asked = Promise.all([1, 2, 3].map(() => storage.find(large.id))).finally(() => {
    isDone = true
  })
  expect(await storage.find(small.id)).toEqual(small)
  expect(isDone).toBe(false)
  expect(await asked).toEqual([large, large, large])
  expect(served.entries.get(large.id)?.mtime).toBe(1e12)
})

/** What the first version had not. */
const newerTables = ['shares', 'restrictedLinks', 'mentions', 'activities', 'carried', 'uploads', 'signatures']

test('An index that was made by an earlier version of this program is brought up to date.', async () => {
  const { storage, served, path, close } = await openTestFolder()
  const file = there(await storage.create('root', ['a.txt'], content('a'), ann))
  served.database.exec('DROP INDEX awaited')
  for (const column of ['firstSeen', 'modifiedAt']) served.database.exec(`ALTER TABLE entries DROP COLUMN ${column}`)
  for (const table of newerTables) served.database.exec(`DROP TABLE ${table}`)
  served.database.exec('PRAGMA user_version = 1')
  await close()
  const again = await openTestFolder({ folder: path })
  expect(await again.storage.find(file.id)).toEqual(file)
})

test('Touching permissions changes no version.', async () => {
  const { storage, file, served, at } = await withFile()
  await expect.poll(async () => (await storage.find(file.id))?.sha256).toBeDefined()
  await link(at('report.txt'), at('.second'))
  await unlink(at('.second'))
  expect((await storage.find(file.id))?.version).toBe(file.version)
  expect(served.entries.get(file.id)?.outside).toBe(1)
})

test('A file that is deleted outside is absent, and has its id again when it comes back.', async () => {
  const { storage, containers, file, at } = await withFile()
  await rename(at('report.txt'), join(at('..'), 'openwopi-elsewhere'))
  expect(await storage.find(file.id)).toBeUndefined()
  expect((await containers.children('root', { limit: 10 })).total).toBe(0)
  await rename(join(at('..'), 'openwopi-elsewhere'), at('report.txt'))
  expect(await storage.find(file.id)).toMatchObject({ id: file.id, version: file.version })
})

test('A new file never gets the id of a deleted one.', async () => {
  const { storage, file, at } = await withFile()
  await rm(at('report.txt'))
  expect(await storage.find(file.id)).toBeUndefined()
  await writeFile(at('other.txt'), 'new')
  expect((await storage.child('root', 'other.txt'))?.id).not.toBe(file.id)
})

test('Two names of one file are two files.', async () => {
  const { storage, file, at } = await withFile()
  await link(at('report.txt'), at('second.txt'))
  const second = there(await storage.child('root', 'second.txt'))
  expect(second.id).not.toBe(file.id)
  const saved = there(await storage.write(second, content('only here'), ann))
  expect(await text(await storage.read(saved))).toBe('only here')
  expect(await text(await storage.read(there(await storage.find(file.id))))).toBe('before')
})

test('Ids survive renames, moves and replacements that happen while nothing serves the folder.', async () => {
  const first = await openTestFolder()
  const at = (path: string) => join(first.path, path)
  await mkdir(at('sub'))
  for (const name of ['moved', 'renamed', 'replaced', 'edited', 'still']) await writeFile(at(name), name)
  const before = new Map<string, string>()
  const versions = new Map<string, string>()
  for (const name of ['moved', 'renamed', 'replaced', 'edited', 'still']) {
    const file = there(await first.byPath(name))
    before.set(name, file.id)
    versions.set(name, file.version)
  }
  await first.close()
  await rename(at('moved'), at('sub/moved'))
  await rename(at('renamed'), at('other name'))
  await writeFile(at('.new'), 'replaced by a tool')
  await rename(at('.new'), at('replaced'))
  await writeFile(at('edited'), 'edited in place')

  const folder = await openTestFolder({ folder: first.path })
  const now = async (name: string) => folder.storage.find(there(before.get(name)))
  expect(await now('moved')).toMatchObject({ name: 'moved', version: versions.get('moved') })
  expect(await now('renamed')).toMatchObject({ name: 'other name', version: versions.get('renamed') })
  expect(await now('still')).toMatchObject({ name: 'still', version: versions.get('still') })
  for (const name of ['replaced', 'edited']) {
    const file = there(await now(name))
    expect(file.version).not.toBe(versions.get(name))
    expect(file.changedOutside).toBe(true)
  }
  expect(await textOf(folder, there(await now('replaced')))).toBe('replaced by a tool')
})

test('A folder that is copied with its index keeps all ids.', async () => {
  const { file, at, close, path } = await withFile()
  const { cp } = await import('node:fs/promises')
  await close()
  const copy = await openTestFolder()
  await copy.close()
  await rm(copy.path, { recursive: true })
  await cp(path, copy.path, { recursive: true })
  const opened = await openTestFolder({ folder: copy.path })
  expect((await opened.byPath('report.txt'))?.id).toBe(file.id)
  expect(at('')).not.toBe(copy.path)
})

test('A served folder that vanishes is an error, and its files are not forgotten.', async () => {
  const { storage, file, path } = await withFile()
  await rename(path, `${path}-away`)
  try {
    await expect(storage.find(file.id)).rejects.toThrow(/is gone/)
  } finally {
    await rename(`${path}-away`, path)
  }
  expect((await storage.find(file.id))?.version).toBe(file.version)
})

test('Two folders that swap their names keep their ids, and so do the files in them.', async () => {
  const { storage, containers, byPath, at } = await withFile()
  for (const name of ['a', 'b']) {
    await mkdir(at(name))
    await writeFile(at(`${name}/in.txt`), name)
  }
  const inA = there(await byPath('a/in.txt'))
  const inB = there(await byPath('b/in.txt'))
  await rename(at('a'), at('c'))
  await rename(at('b'), at('a'))
  await rename(at('c'), at('b'))
  expect((await containers.find(inA.parentId))?.name).toBe('b')
  expect((await containers.find(inB.parentId))?.name).toBe('a')
  expect(await storage.find(inA.id)).toMatchObject({ id: inA.id, version: inA.version })
  expect((await byPath('b/in.txt'))?.id).toBe(inA.id)
})
