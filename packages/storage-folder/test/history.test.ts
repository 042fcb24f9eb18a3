import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import type { Change, StoredFile } from '@openwopi/host'
import { expect, test } from 'vitest'
import { ann, bob, content, openTestFolder, text, there } from './open-test-folder.ts'

const minute = 60_000

/** A folder with a file in it and a clock that stands still until it is set. */
async function withFile(options = {}) {
  const clock = { now: Date.now() }
  const folder = await openTestFolder({ now: () => clock.now, ...options })
  let file = there(await folder.storage.create('root', ['a.txt'], content('0'), ann))
  const save = async (words: string, change: Change = ann): Promise<StoredFile> => {
    file = there(await folder.storage.write(there(await folder.storage.find(file.id)), content(words), change))
    return file
  }
  const history = async () => {
    const versions = await folder.versions.list(file.id)
    return Promise.all(versions.map(async ({ version }) => text(await folder.versions.read(file.id, version))))
  }
  return { ...folder, file, clock, save, history }
}

const auto = (change: Change): Change => ({ ...change, isAutosave: true })

test('Earlier versions are listed newest first, with who made them, and can be read.', async () => {
  const { versions, file, save, history } = await withFile()
  await save('1', { ...bob, editors: ['bob', 'ann'] })
  const last = await save('2', auto(ann))
  expect(await history()).toEqual(['2', '1', '0'])
  const list = await versions.list(file.id)
  expect(list[0]).toMatchObject({ version: last.version, by: ann.by, isAutosave: true, modifiedAt: last.modifiedAt })
  expect(list[1]).toMatchObject({ by: bob.by, editors: ['bob', 'ann'], size: 1 })
  expect(list[2]).toMatchObject({ version: file.version, by: ann.by })
})

test('Versions outlive a restart, and the numbers go on.', async () => {
  const { file, save, close, path } = await withFile()
  const last = await save('1')
  await close()
  const { versions, storage } = await openTestFolder({ folder: path, now: () => 0 })
  expect((await versions.list(file.id)).length).toBe(2)
  expect(await text(await versions.read(file.id, file.version))).toBe('0')
  const next = there(await storage.write(there(await storage.find(file.id)), content('2'), ann))
  expect(Number(next.version)).toBeGreaterThan(Number(last.version))
})

test('Autosaves of one person within ten minutes become one version, and no longer ones.', async () => {
  const { clock, save, history } = await withFile()
  for (let step = 1; step <= 15; step++) {
    clock.now += minute
    await save(`auto ${step}`, auto(ann))
  }
  // The first ten minutes end with the tenth autosave; the present one goes on.
  expect(await history()).toEqual(['auto 15', 'auto 10', '0'])
})

test('What is saved on purpose, or by somebody else, is never squashed.', async () => {
  const { save, history } = await withFile()
  await save('ann, auto', auto(ann))
  await save('bob, auto', auto(bob))
  await save('bob, on purpose', bob)
  await save('bob, auto again', auto(bob))
  await save('bob, auto and again', auto(bob))
  expect(await history()).toEqual(['bob, auto and again', 'bob, on purpose', 'bob, auto', 'ann, auto', '0'])
})

test('Who edited a squashed version is named in the one that it became.', async () => {
  const { versions, file, save } = await withFile()
  await save('1', { ...auto(ann), editors: ['ann', 'bob'] })
  await save('2', { ...auto(ann), editors: ['ann', 'cid'] })
  expect((await versions.list(file.id))[0]?.editors).toEqual(['ann', 'bob', 'cid'])
})

test('A change from outside is a version without an author, and is kept when it is written over.', async () => {
  const { versions, storage, file, path, save, history } = await withFile()
  await save('auto', auto(ann))
  writeFileSync(join(path, 'a.txt'), 'from outside')
  const seen = there(await storage.find(file.id))
  expect(seen.changedOutside).toBe(true)
  const saved = await save('auto again', auto(ann))
  expect(saved.changedOutside).toBeUndefined()
  expect(await history()).toEqual(['auto again', 'from outside', '0'])
  expect((await versions.list(file.id))[1]).not.toHaveProperty('by')
})

test('A file that was there before has a history of one.', async () => {
  const folder = await openTestFolder()
  writeFileSync(join(folder.path, 'old.txt'), 'old')
  const file = there(await folder.byPath('old.txt'))
  expect(await folder.versions.list(file.id)).toEqual([{ version: file.version, size: 3, modifiedAt: file.modifiedAt }])
})

test('Renaming and reading make no version.', async () => {
  const { storage, file, history } = await withFile()
  const renamed = there(await storage.rename(file, 'b.txt'))
  await text(await storage.read(renamed))
  expect(await history()).toEqual(['0'])
})

test('An exit save of what is there makes no version.', async () => {
  const { file, save, history } = await withFile()
  const same = await save('0', { ...ann, isUnmodified: true })
  expect(same.version).toBe(file.version)
  expect(await history()).toEqual(['0'])
})

test('It is refused like any other save where it may not be.', async () => {
  const { storage, file } = await withFile()
  const change = { ...ann, isUnmodified: true, decide: async () => 'refuse' as const }
  expect(await storage.write(file, content('0'), change)).toBeUndefined()
})

test('No more versions are kept than wanted, on disk neither.', async () => {
  const { file, path, save, history } = await withFile({ keepVersions: 3 })
  for (let step = 1; step <= 6; step++) await save(String(step))
  expect(await history()).toEqual(['6', '5', '4'])
  expect(readdirSync(join(path, '.openwopi/versions', file.id)).length).toBe(2)
})

test('Where one version is kept, there is no other.', async () => {
  const { save, history } = await withFile({ keepVersions: 1 })
  await save('1')
  expect(await history()).toEqual(['1'])
})

test('A version that is not kept is undefined, whatever is asked for.', async () => {
  const { versions, file } = await withFile()
  for (const version of ['1', '', '..', '../../a.txt', 'x', '9'.repeat(400), '-1', '1e3'])
    expect(await versions.read(file.id, version)).toBeUndefined()
  expect(await versions.list('no such file')).toEqual([])
  expect(await versions.read('no such file', file.version)).toBeUndefined()
})

test('Content goes on to be readable after it has been replaced in mid-reading.', async () => {
  const { storage, save } = await withFile()
  const large = 'x'.repeat(1 << 20)
  const file = await save(large)
  const stream = there(await storage.read(file))[Symbol.asyncIterator]()
  const first = await stream.next()
  await save('replaced')
  let size = first.value?.byteLength ?? 0
  for (let next = await stream.next(); !next.done; next = await stream.next()) size += next.value.byteLength
  expect(size).toBe(1 << 20)
})

test('Content that is asked for, replaced, and only then read is still that content.', async () => {
  const { storage, file, save } = await withFile()
  const stream = there(await storage.read(file))
  await save('replaced')
  expect(await text(stream)).toBe('0')
})

test('A file that is changed in place while it is read is not passed off as whole.', async () => {
  const { storage, path, save } = await withFile()
  const file = await save('x'.repeat(1 << 20))
  const stream = there(await storage.read(file))[Symbol.asyncIterator]()
  await stream.next()
  writeFileSync(join(path, 'a.txt'), 'y'.repeat(1 << 20))
  await expect(
    (async () => {
      for (let next = await stream.next(); !next.done; ) next = await stream.next()
    })(),
  ).rejects.toThrow(/changed while it was being read/)
})

test('The mode of a file stays, and its time always passes.', async () => {
  const { path, save } = await withFile()
  await chmod(join(path, 'a.txt'), 0o640)
  const times = []
  for (let step = 0; step < 5; step++) times.push((await save(String(step))).modifiedAt)
  expect(statSync(join(path, 'a.txt')).mode & 0o777).toBe(0o640)
  expect(new Set(times).size).toBe(5)
  expect(times).toEqual([...times].sort((a, b) => a - b))
})

test('The hash of what was saved is known at once, that of other files soon.', async () => {
  const { file, storage, path, byPath } = await withFile()
  expect(file.sha256).toBe('X+zrZv/IbzjZUnhsbWlsecLbwjndTpG0ZynXOif7V+k=')
  writeFileSync(join(path, 'b.txt'), '0')
  const other = there(await byPath('b.txt'))
  await expect.poll(async () => (await storage.find(other.id))?.sha256).toBe(file.sha256)
})

test('A lock does not move on the word of someone who knows an earlier version of the file.', async () => {
  const { locks, file, save } = await withFile()
  const after = await save('1')
  const lock = { id: 'mine', expiresAt: 9e15, version: after.version, by: ann.by }
  expect(await locks.swap(file.id, undefined, lock, file)).toBe(false)
  expect(await locks.read(file.id)).toBeUndefined()
  expect(await locks.swap(file.id, undefined, lock, after)).toBe(true)
})
