import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { AdoptedFile, AdoptedVersion } from '../../src/adopt/adoption.ts'
import type { Blobs } from '../../src/blobs.ts'
import { memoryBlobs } from '../../src/memory-blobs.ts'
import { overEach } from '../databases.ts'
import { ann, content, openTestStorage, text, textOf, there } from '../open-test-storage.ts'

const version = (name: string, words: string, more: Partial<AdoptedVersion> = {}): AdoptedVersion => ({
  ...{ version: name, size: words.length, modifiedAt: 1000 + Number.parseInt(name, 10) },
  sha256: createHash('sha256').update(words).digest('base64'),
  read: async () => content(words),
  ...more,
})

const file = (versions: readonly AdoptedVersion[], more: Partial<AdoptedFile> = {}): AdoptedFile => ({
  ...{ id: 'f1', parentId: 'root', name: 'a.txt', ownerId: 'ann', versions },
  ...more,
})

const keysIn = async (blobs: ReturnType<typeof memoryBlobs>) => {
  const keys: string[] = []
  for await (const { key } of blobs.list()) keys.push(key)
  return keys
}

/** Blobs as a process sees them that ends while it puts its n-th: nothing it does afterwards happens. */
function dyingAt(blobs: Blobs, stopAt: number): Blobs {
  let puts = 0
  return {
    ...blobs,
    put: async (...given) => {
      if (++puts === stopAt) throw new Error('the process has ended')
      return blobs.put(...given)
    },
    remove: async (key) => {
      if (puts < stopAt) await blobs.remove(key)
    },
  }
}

overEach((databases) => {
  test('A file comes with its id, its times and all it was.', async () => {
    const opened = await openTestStorage(databases)
    const { by } = ann
    const versions = [version('3', 'one', { by, editors: ['ann', 'bob'], isAutosave: true }), version('7.ab', 'two!')]
    expect(await opened.adopt.file(file(versions))).toBe('added')
    const found = there(await opened.storage.find('f1'))
    expect(found).toMatchObject({ id: 'f1', name: 'a.txt', version: '7.ab', size: 4, modifiedAt: 1007, ownerId: 'ann' })
    expect(await opened.versions.list('f1')).toEqual([
      { version: '7.ab', size: 4, modifiedAt: 1007 },
      { version: '3', size: 3, modifiedAt: 1003, by, editors: ['ann', 'bob'], isAutosave: true },
    ])
    expect(await text(await opened.versions.read('f1', '3'))).toBe('one')
    const saved = there(await opened.storage.write(found, content('three'), ann))
    expect(Number.parseInt(saved.version, 10)).toBe(8)
    expect(await opened.versions.list('f1')).toHaveLength(3)
  })

  test('A second time changes nothing; what has been saved since is added; what has been saved here since stays.', async () => {
    const blobs = memoryBlobs()
    const opened = await openTestStorage(databases, { blobs })
    const [one, two, three] = [version('1', 'one'), version('2', 'two'), version('3', 'three')]
    expect(await opened.adopt.file(file([one]))).toBe('added')
    expect(await opened.adopt.file(file([one]))).toBe('unchanged')
    expect(await opened.adopt.file(file([one, two]))).toBe('continued')
    const found = there(await opened.storage.find('f1'))
    expect([found.version, await textOf(opened, found)]).toEqual(['2', 'two'])
    expect(await opened.versions.list('f1')).toHaveLength(2)
    await opened.storage.write(found, content('here'), ann)
    expect(await opened.adopt.file(file([one, two]))).toBe('moved on')
    expect(await opened.adopt.file(file([one, two, three]))).toBe('differs')
    expect(await textOf(opened, there(await opened.storage.find('f1')))).toBe('here')
    expect(await keysIn(blobs)).toHaveLength(3)
  })

  test('What cannot be brought in leaves nothing behind.', async () => {
    const blobs = memoryBlobs()
    const opened = await openTestStorage(databases, { blobs })
    await opened.storage.create('root', ['A.txt'], content('mine'), ann)
    expect(await opened.adopt.file(file([version('1', 'one')]))).toBe('name taken')
    expect(await opened.adopt.file(file([version('1', 'one')], { parentId: 'nowhere' }))).toBe('no folder')
    const damaged = version('2', 'two', { sha256: version('1', 'other').sha256 ?? '' })
    const two = file([version('1', 'one'), damaged], { name: 'b.txt' })
    await expect(opened.adopt.file(two)).rejects.toThrow('b.txt, version 2, is not what its hash says')
    const short = file([version('1', 'one', { size: 4 })], { name: 'b.txt' })
    await expect(opened.adopt.file(short)).rejects.toThrow('3 bytes have come where 4 were to')
    await expect(opened.adopt.file(file([version('2', 'a'), version('1', 'b')]))).rejects.toThrow('follows number 2')
    expect(await keysIn(blobs)).toHaveLength(1)
  })

  test('Wherever it is stopped, a second time brings everything, and what was left behind is swept.', async () => {
    const versions = [version('1', 'one'), version('2', 'two'), version('3', 'three')]
    for (let stopAt = 1; stopAt <= 4; stopAt++) {
      const blobs = memoryBlobs()
      const database = await databases.fresh()
      const dying = await openTestStorage(databases, { database, blobs: dyingAt(blobs, stopAt) })
      const ended = dying.adopt.file(file(versions)).catch(() => 'stopped')
      expect(await ended).toBe(stopAt <= versions.length ? 'stopped' : 'added')
      const opened = await openTestStorage(databases, { database, blobs })
      expect(await opened.adopt.file(file(versions))).toBe(stopAt <= versions.length ? 'added' : 'unchanged')
      for (let sweeps = 0; sweeps < 2; sweeps++) await opened.sweep({ grace: -1 })
      for await (const fault of opened.fsck()) expect(fault).toBeUndefined()
      expect(await keysIn(blobs)).toHaveLength(3)
      expect(await textOf(opened, there(await opened.storage.find('f1')))).toBe('three')
    }
  })

  test('A file that is being edited here, or was removed here, is left alone.', async () => {
    const opened = await openTestStorage(databases)
    const [one, two] = [version('1', 'one'), version('2', 'two')]
    await opened.adopt.file(file([one]))
    const lock = { id: 'l', expiresAt: opened.now() + 60_000, version: '1', by: ann.by }
    await opened.locks.swap('f1', undefined, lock)
    expect(await opened.adopt.file(file([one, two]))).toBe('locked')
    await opened.locks.swap('f1', lock, undefined)
    await opened.storage.remove(there(await opened.storage.find('f1')), ann)
    expect(await opened.adopt.file(file([one, two]))).toBe('removed')
  })

  test('Folders come with their ids, and once.', async () => {
    const opened = await openTestStorage(databases)
    const folder = { id: 'd1', parentId: 'root', name: 'Reports', ownerId: 'ann' }
    expect(await opened.adopt.folder(folder)).toBe('added')
    expect(await opened.adopt.folder(folder)).toBe('unchanged')
    expect(await opened.adopt.folder({ ...folder, id: 'd2' })).toBe('name taken')
    expect(await opened.adopt.file(file([version('1', 'one')], { parentId: 'd1' }))).toBe('added')
    expect(await opened.byPath('Reports/a.txt')).toMatchObject({ id: 'f1' })
  })
})
