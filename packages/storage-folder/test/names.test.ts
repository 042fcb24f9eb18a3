import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoredFile } from '@openwopi/host'
import { expect, onTestFinished, test } from 'vitest'
import { ann, content, openTestFolder, text, textOf, there } from './open-test-folder.ts'

const impossible = [
  '',
  '.',
  '..',
  '../a',
  'a/b',
  '/etc/passwd',
  'a\0b',
  'x'.repeat(256),
  'é'.repeat(128),
  '\uD800.txt',
  '.openwopi',
  '.hidden',
  '~$a.docx',
]

test('A name that is no plain name is refused, and nothing is left behind.', async () => {
  const { storage, containers, path } = await openTestFolder()
  const file = there(await storage.create('root', ['a.txt'], content('a'), ann))
  const folder = there(await containers.create('root', 'folder'))
  for (const name of impossible) {
    await expect(storage.create('root', [name], content('x'), ann)).rejects.toThrow(/cannot be the name/)
    await expect(storage.rename(file, name)).rejects.toThrow(/cannot be the name/)
    await expect(containers.create('root', name)).rejects.toThrow(/cannot be the name/)
    await expect(containers.rename(folder, name)).rejects.toThrow(/cannot be the name/)
    expect(await storage.child('root', name)).toBeUndefined()
  }
  expect(readdirSync(path).sort()).toEqual(['.openwopi', 'a.txt', 'folder'])
  expect(readdirSync(join(path, '.openwopi/incoming'))).toEqual([])
})

test('Names of 255 bytes, of emoji and in both normal forms are kept byte for byte.', async () => {
  const { storage, containers, path } = await openTestFolder()
  const names = [
    'n'.repeat(255),
    '😀'.repeat(63),
    'e\u0301.txt'.normalize('NFC'),
    'e\u0301.txt'.normalize('NFD'),
    'line\nbreak',
    'back\\slash',
    'con',
    ' space ',
  ]
  for (const name of names) there(await storage.create('root', [name], content(name), ann))
  expect(
    readdirSync(path)
      .filter((name) => name !== '.openwopi')
      .sort(),
  ).toEqual([...names].sort())
  const { files } = await containers.children('root', { limit: 100 })
  expect(files.map(({ name }) => name).sort()).toEqual([...names].sort())
})

test('A link is neither listed nor followed, wherever it leads.', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'openwopi-outside-'))
  onTestFinished(() => rmSync(outside, { recursive: true, force: true }))
  writeFileSync(join(outside, 'secret.txt'), 'secret')
  const { storage, containers, byPath, search, path } = await openTestFolder()
  writeFileSync(join(path, 'a.txt'), 'a')
  symlinkSync(outside, join(path, 'way-out'))
  symlinkSync(join(outside, 'secret.txt'), join(path, 'secret.txt'))
  symlinkSync('a.txt', join(path, 'alias.txt'))
  symlinkSync('nowhere', join(path, 'broken.txt'))
  for (const name of ['way-out', 'secret.txt', 'alias.txt', 'broken.txt'])
    expect(await storage.child('root', name)).toBeUndefined()
  expect(await byPath('way-out/secret.txt')).toBeUndefined()
  expect(await byPath('../a.txt')).toBeUndefined()
  const page = await containers.children('root', { limit: 10 })
  expect([page.total, page.containers, page.files.map(({ name }) => name)]).toEqual([1, [], ['a.txt']])
  expect(await search('secret', 10)).toEqual([])
  expect(await storage.create('root', ['broken.txt'], content('x'), ann)).toBeUndefined()
  expect(existsSync(join(path, 'nowhere'))).toBe(false)
})

test('A file or folder that is replaced by a link leads nowhere any more.', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'openwopi-outside-'))
  onTestFinished(() => rmSync(outside, { recursive: true, force: true }))
  writeFileSync(join(outside, 'a.txt'), 'secret')
  const { storage, containers, byPath, path } = await openTestFolder()
  mkdirSync(join(path, 'sub'))
  for (const name of ['a.txt', 'sub/a.txt']) writeFileSync(join(path, name), 'mine')
  const file = there(await byPath('a.txt'))
  const deep = there(await byPath('sub/a.txt'))
  unlinkSync(join(path, 'a.txt'))
  symlinkSync(join(outside, 'a.txt'), join(path, 'a.txt'))
  rmSync(join(path, 'sub'), { recursive: true })
  symlinkSync(outside, join(path, 'sub'))
  for (const gone of [file, deep]) {
    expect(await storage.find(gone.id)).toBeUndefined()
    expect(await storage.read(gone)).toBeUndefined()
    expect(await storage.write(gone, content('overwritten'), ann)).toBeUndefined()
  }
  expect(await containers.find(deep.parentId)).toBeUndefined()
  expect(execFileSync('cat', [join(outside, 'a.txt')], { encoding: 'utf8' })).toBe('secret')
})

test('A link put in the place of a file between asking for its content and reading it is not followed.', async () => {
  const { storage, byPath, path } = await openTestFolder()
  writeFileSync(join(path, 'a.txt'), 'mine')
  const stream = there(await storage.read(there(await byPath('a.txt'))))
  unlinkSync(join(path, 'a.txt'))
  symlinkSync('/etc/passwd', join(path, 'a.txt'))
  await expect(text(stream)).rejects.toThrow(/no longer what it was/)
})

test('What is not an ordinary file is not there, and nobody waits for it.', async () => {
  const { storage, containers, path } = await openTestFolder()
  execFileSync('mkfifo', [join(path, 'pipe')])
  execFileSync('mkfifo', [join(path, '.~lock.a.txt#')])
  const file = there(await storage.create('root', ['a.txt'], content('a'), ann))
  expect(file.openElsewhere).toBeUndefined()
  expect(await storage.child('root', 'pipe')).toBeUndefined()
  expect((await containers.children('root', { limit: 10 })).total).toBe(1)
})

test('A name that is not UTF-8 is skipped, and somebody is told.', async () => {
  const told: (string | undefined)[] = []
  const { containers, path } = await openTestFolder({ observe: ({ what }) => told.push(what) })
  writeFileSync(Buffer.concat([Buffer.from(`${path}/bad-`), Buffer.from([0xff, 0xfe])]), 'x')
  writeFileSync(join(path, 'good-\uFFFD'), 'x')
  const { files } = await containers.children('root', { limit: 10 })
  expect(files.map(({ name }) => name)).toEqual(['good-\uFFFD'])
  expect(told).toContain('unreadable')
})

test('Hidden files and the lock files of desktop programs are not listed.', async () => {
  const { containers, storage, path } = await openTestFolder()
  for (const name of ['.git', '.~lock.a.txt#', '~$a.docx', 'a.txt']) writeFileSync(join(path, name), '')
  expect((await containers.children('root', { limit: 10 })).files.map(({ name }) => name)).toEqual(['a.txt'])
  expect(await storage.child('root', '.git')).toBeUndefined()
})

test('A data folder elsewhere inside the served folder is not served.', async () => {
  const outer = await openTestFolder()
  await outer.close()
  const folder = await openTestFolder({ folder: outer.path, dataFolder: join(outer.path, 'data') })
  expect((await folder.containers.children('root', { limit: 10 })).total).toBe(0)
  expect(await folder.byPath('data/index.db')).toBeUndefined()
})

test('A file that vanishes between two calls is absent, and a save to it changes nothing.', async () => {
  const folder = await openTestFolder()
  const file = there(await folder.storage.create('root', ['a.txt'], content('a'), ann))
  async function* vanishing() {
    yield Buffer.from('half')
    unlinkSync(join(folder.path, 'a.txt'))
    yield Buffer.from(' and half')
  }
  expect(await folder.storage.write(file, vanishing(), ann)).toBeUndefined()
  expect(await folder.storage.find(file.id)).toBeUndefined()
  expect(await folder.storage.rename(file, 'b.txt')).toBeUndefined()
  expect(await folder.storage.remove(file, ann)).toBe(true)
  expect(readdirSync(join(folder.path, '.openwopi/incoming'))).toEqual([])
})

test('A file that nobody may write to says so.', async () => {
  const { storage, byPath, path } = await openTestFolder()
  writeFileSync(join(path, 'a.txt'), 'a')
  chmodSync(join(path, 'a.txt'), 0o444)
  const file = there(await byPath('a.txt'))
  expect(file.isReadOnly).toBe(true)
  chmodSync(join(path, 'a.txt'), 0o644)
  expect(await storage.find(file.id)).not.toHaveProperty('isReadOnly')
})

test('A save goes to where the file is by the end of it.', async () => {
  const folder = await openTestFolder()
  const file = there(await folder.storage.create('root', ['a.txt'], content('a'), ann))
  async function* renaming() {
    yield Buffer.from('new')
    await folder.storage.rename(file, 'b.txt')
    yield Buffer.from(' words')
  }
  const saved = there(await folder.storage.write(file, renaming(), ann))
  expect(saved.name).toBe('b.txt')
  expect(await textOf(folder, saved)).toBe('new words')
})

test('Whoever decides on a save is told of a change from outside that came meanwhile, and may leave that alone.', async () => {
  const folder = await openTestFolder()
  const file = there(await folder.storage.create('root', ['a.txt'], content('a'), ann))
  const asked: (boolean | undefined)[] = []
  const decide = async ({ changedOutside }: StoredFile) => {
    asked.push(changedOutside)
    if (asked.length === 1) writeFileSync(join(folder.path, 'a.txt'), 'from outside')
    return changedOutside ? { beside: ['a.txt', 'a (Ann).txt'] } : ('replace' as const)
  }
  const beside = there(await folder.storage.write(file, content('mine'), { ...ann, decide }))
  expect(asked).toEqual([undefined, true])
  expect(beside).toMatchObject({ name: 'a (Ann).txt', ownerId: 'ann', parentId: 'root' })
  expect(beside.changedOutside).toBeUndefined()
  expect(await textOf(folder, beside)).toBe('mine')
  expect(await folder.storage.find(beside.id)).toEqual(beside)
  const found = there(await folder.storage.find(file.id))
  expect(await textOf(folder, found)).toBe('from outside')
})

test('A save that was overtaken by one that decides keeps both in the history, and gets the later time.', async () => {
  const folder = await openTestFolder()
  const file = there(await folder.storage.create('root', ['a.txt'], content('a'), ann))
  async function* slow() {
    yield Buffer.from('second')
    const first = there(await folder.storage.write(file, content('first'), ann))
    writeFileSync(join(folder.path, '.unrelated'), first.version)
  }
  const decide = async () => 'replace' as const
  const saved = there(await folder.storage.write(file, slow(), { ...ann, decide }))
  const versions = await folder.versions.list(file.id)
  const words = versions.map(async ({ version }) => text(await folder.versions.read(file.id, version)))
  expect(await Promise.all(words)).toEqual(['second', 'first', 'a'])
  expect(saved.modifiedAt).toBeGreaterThan(there(versions[1]).modifiedAt)
})

test('A file that is deleted outside while a save arrives stays deleted, and the save says so.', async () => {
  const folder = await openTestFolder()
  const file = there(await folder.storage.create('root', ['a.txt'], content('a'), ann))
  async function* deleting() {
    yield Buffer.from('late')
    rmSync(join(folder.path, 'a.txt'))
  }
  const decide = async () => ({ beside: ['b.txt'] })
  expect(await folder.storage.write(file, deleting(), { ...ann, decide })).toBeUndefined()
  expect(readdirSync(folder.path)).toEqual(['.openwopi'])
})
