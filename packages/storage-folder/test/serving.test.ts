import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lock } from '@openwopi/host'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../src/database.ts'
import { folderStorage } from '../src/index.ts'
import { ann, bob, content, newFolder, openTestFolder, text, textOf, there } from './open-test-folder.ts'

const lock: Lock = { id: 'lock', expiresAt: Date.now() + 60_000, version: '1', by: ann.by }

async function* broken() {
  yield Buffer.from('half')
  throw new Error('gone')
}

test('Locks and what clients keep for users outlive a restart.', async () => {
  const first = await openTestFolder()
  const file = there(await first.storage.create('root', ['a.txt'], content('a'), ann))
  await first.locks.swap(file.id, undefined, lock)
  await first.userInfo.put('ann', 'first')
  await first.userInfo.put('ann', 'second')
  await first.close()
  const again = await openTestFolder({ folder: first.path })
  expect(await again.locks.read(file.id)).toEqual(lock)
  expect(await again.lockedFiles()).toEqual([file.id])
  expect(await again.userInfo.get('ann')).toBe('second')
  expect(await again.userInfo.get('bob')).toBeUndefined()
})

test('Only files whose lock binds are locked.', async () => {
  const { locks, lockedFiles } = await openTestFolder({ now: () => 1000 })
  await locks.swap('live', undefined, { ...lock, expiresAt: 1001 })
  await locks.swap('expired', undefined, { ...lock, expiresAt: 1000 })
  await locks.swap('released', undefined, { ...lock, releasedAt: 5 })
  expect(await lockedFiles()).toEqual(['live'])
})

test('A save is asked about again when the lock changes while it is being decided on.', async () => {
  const { storage, locks } = await openTestFolder()
  const file = there(await storage.create('root', ['a.txt'], content('a'), ann))
  await locks.swap(file.id, undefined, lock)
  const stolen: Lock = { ...lock, id: 'stolen', by: bob.by }
  let asked = 0
  const decide = async () => {
    asked++
    const isMine = (await locks.read(file.id))?.id === 'lock'
    // Another client takes the lock after it has been looked at, and before the save is visible.
    if (asked === 1) await locks.swap(file.id, lock, stolen)
    return isMine ? ('replace' as const) : ('refuse' as const)
  }
  expect(await storage.write(file, content('mine'), { ...ann, decide })).toBeUndefined()
  expect(asked).toBe(2)
  expect(await text(await storage.read(there(await storage.find(file.id))))).toBe('a')
})

test('A removal is asked about again in the same way.', async () => {
  const { storage, locks } = await openTestFolder()
  const file = there(await storage.create('root', ['a.txt'], content('a'), ann))
  let asked = 0
  const confirm = async () => {
    const isFree = (await locks.read(file.id)) === undefined
    if (asked++ === 0) await locks.swap(file.id, undefined, lock)
    return isFree
  }
  expect(await storage.remove(file, { ...ann, confirm })).toBe(false)
  expect((await storage.find(file.id))?.id).toBe(file.id)
})

test('A folder is served once at a time, and whoever comes second is told where the first one is.', async () => {
  const folder = newFolder()
  const first = await folderStorage({ folder })
  await expect(folderStorage({ folder })).rejects.toThrow(
    new RegExp(`${folder} is served already by process ${process.pid}, with the data folder ${folder}/.openwopi`),
  )
  await first.close()
  const second = await folderStorage({ folder })
  await second.close()
})

test('After it is closed, a folder answers nothing; what was under way is done.', async () => {
  const folder = newFolder()
  const { storage, close } = await folderStorage({ folder })
  const creating = storage.create('root', ['a.txt'], content('a'), ann)
  await close()
  expect((await creating)?.name).toBe('a.txt')
  expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('a')
  await expect(storage.find('root')).rejects.toThrow(/no longer served/)
})

test('Closing does not wait until a large file that has been found has been read.', async () => {
  const seen: string[] = []
  const { storage, byPath, path, close } = await openTestFolder({ observe: ({ what }) => seen.push(what) })
  writeFileSync(join(path, 'large.bin'), '')
  truncateSync(join(path, 'large.bin'), 2 ** 40)
  const file = there(await byPath('large.bin'))
  await storage.find(file.id)
  await close()
  expect(seen).toEqual([])
})

test('A folder that is not there, is no folder, or lies in its own data folder is an error that says so.', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'file'), '')
  await expect(folderStorage({ folder: join(folder, 'nowhere') })).rejects.toThrow(/nowhere/)
  await expect(folderStorage({ folder: join(folder, 'file') })).rejects.toThrow()
  await expect(folderStorage({ folder, dataFolder: folder })).rejects.toThrow(/must not hold the folder/)
  await expect(folderStorage({ folder: join(folder), dataFolder: join(folder, '..') })).rejects.toThrow(/must not hold/)
})

// Where there is memory that is mounted as a disk, nothing can be renamed or linked from one to the other.
test.each([tmpdir(), existsSync('/dev/shm') ? '/dev/shm' : homedir()])(
  'A data folder elsewhere, in %s, works like one inside.',
  async (elsewhere) => {
    const dataFolder = mkdtempSync(join(elsewhere, 'openwopi-data-'))
    onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }))
    const folder = await openTestFolder({ dataFolder })
    const { storage, path, versions, trash } = folder
    const file = there(await storage.create('root', ['a.txt'], content('a'), ann))
    const saved = there(await storage.write(file, content('b'), ann))
    expect(await text(await versions.read(file.id, file.version))).toBe('a')
    expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('b')
    expect(await storage.remove(saved, ann)).toBe(true)
    expect(readdirSync(path)).toEqual([])
    const restored = there(await trash.restore(file.id))
    expect([restored.id, restored.version]).toEqual([file.id, saved.version])
    expect(await textOf(folder, restored)).toBe('b')
    expect(await text(await versions.read(file.id, file.version))).toBe('a')
    await expect(storage.write(restored, broken(), ann)).rejects.toThrow('gone')
    expect(readdirSync(path)).toEqual(['a.txt'])
    expect(readdirSync(join(dataFolder, 'incoming'))).toEqual([])
  },
)

test('What a crash has left beside a file on another disk is cleaned up, and nothing else.', async () => {
  const { path, close, served } = await openTestFolder()
  for (const name of ['.openwopi-left', '.openwopi-not-ours', 'a.txt']) writeFileSync(join(path, name), '')
  served.change(() => served.leftovers.note(join(path, '.openwopi-left')))
  await close()
  await openTestFolder({ folder: path })
  expect(readdirSync(path).sort()).toEqual(['.openwopi', '.openwopi-not-ours', 'a.txt'])
})

test('An index of a newer version is left alone.', async () => {
  const path = join(newFolder(), 'index.db')
  const database = await openDatabase(path, ['CREATE TABLE a (b)', 'CREATE TABLE c (d)'])
  database.close()
  await expect(openDatabase(path, ['CREATE TABLE a (b)'])).rejects.toThrow(/newer version/)
  const again = await openDatabase(path, ['CREATE TABLE a (b)', 'CREATE TABLE c (d)', 'CREATE TABLE e (f)'])
  expect(again.prepare<{ n: number }>('SELECT count(*) AS n FROM e').get()?.n).toBe(0)
  again.close()
})

test('A transaction that throws has changed nothing.', async () => {
  const database = await openDatabase(join(newFolder(), 'a.db'), ['CREATE TABLE a (b)'])
  const insertion = database.prepare('INSERT INTO a VALUES (?)')
  const count = database.prepare<{ n: number }>('SELECT count(*) AS n FROM a')
  const failing = () =>
    database.transaction(() => {
      insertion.run(1)
      database.lightTransaction(() => insertion.run(2))
      throw new Error('no')
    })
  expect(failing).toThrow('no')
  expect(count.get()?.n).toBe(0)
  database.transaction(() => insertion.run(null))
  expect(count.get()?.n).toBe(1)
  database.close()
})
