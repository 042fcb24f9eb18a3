import { createHash } from 'node:crypto'
import { appendFileSync, linkSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CarriedChange, StoredFile } from '@openwopi/host'
import { expect, test, vi } from 'vitest'
import type { OpenFolder } from '../src/open-folder.ts'
import { openPublishing } from '../src/publishing.ts'
import { ann, content, openTestFolder, text, textOf, there } from './open-test-folder.ts'

const owner = { fileId: '1', userId: 'ann' }
const kept = { Name: 'kept', Value: '1', Retention: 'KeepOnContentChange' } as const
const passing = { Name: 'passing', Value: '2', Retention: 'DeleteOnContentChange' } as const

const setting = (streams: Readonly<Record<string, string>>): CarriedChange => ({
  properties: [kept, passing],
  streams: Object.entries(streams).map(([id, is]) => ({ id, content: content(is) })),
})

/** All streams of a file with their texts. */
async function streamsOf({ streams }: OpenFolder, file: StoredFile): Promise<Record<string, string>> {
  const carried = there(await streams.of(file))
  const texts = carried.streams.map(async (stream) => [stream.id, await text(await streams.read(file, stream))])
  return Object.fromEntries(await Promise.all(texts))
}

const streamFiles = (path: string) => readdirSync(join(path, '.openwopi/streams'))

test('An upload outlives a restart, and goes on with what was taken for sure.', async () => {
  const first = await openTestFolder()
  const { token } = there(await first.uploads.begin(owner))
  await first.uploads.add(token, 0, content('01234'))
  await first.close()
  // A crash while more was arriving.
  const [name = ''] = readdirSync(join(first.path, '.openwopi/sessions'))
  appendFileSync(join(first.path, '.openwopi/sessions', name), 'half of the ne')

  const folder = await openTestFolder({ folder: first.path })
  const found = there(await folder.uploads.find(token))
  expect([found.fileId, found.userId, found.size, await text(found.read(0, 5))]).toEqual(['1', 'ann', 5, '01234'])
  await folder.uploads.add(token, 5, content('56'))
  expect(await text(there(await folder.uploads.find(token)).read(3, 7))).toBe('3456')
})

test('Of uploads that have ended nothing stays on disk, nor of those that a crash has left.', async () => {
  let time = Date.now()
  const options = { now: () => time }
  const first = await openTestFolder(options)
  const uploads = join(first.path, '.openwopi/sessions')
  const { token } = there(await first.uploads.begin(owner))
  await first.uploads.begin(owner)
  await first.uploads.end(token)
  expect(readdirSync(uploads)).toHaveLength(1)
  time += 30 * 60_000
  await first.uploads.begin(owner)
  expect(readdirSync(uploads)).toHaveLength(1)
  await first.close()
  writeFileSync(join(uploads, 'left'), 'x')
  time += 30 * 60_000
  await openTestFolder({ ...options, folder: first.path })
  expect(readdirSync(uploads)).toEqual([])
})

test('Content that breaks off leaves nothing among the uploads.', async () => {
  const { uploads, path } = await openTestFolder()
  async function* broken() {
    yield Buffer.alloc(300_000)
    throw new Error('the connection is gone')
  }
  const { token } = there(await uploads.begin(owner))
  await expect(uploads.add(token, 0, broken())).rejects.toThrow('the connection is gone')
  const [name = ''] = readdirSync(join(path, '.openwopi/sessions'))
  expect(statSync(join(path, '.openwopi/sessions', name)).size).toBe(0)
  await expect(uploads.putAside(broken())).rejects.toThrow('the connection is gone')
  expect(readdirSync(join(path, '.openwopi/incoming'))).toEqual([])
})

test('Uploads take no more space than they may, and what does not fit leaves them as they were.', async () => {
  const { uploads, path } = await openTestFolder({ uploadSpace: 10 })
  const [one, other] = [there(await uploads.begin(owner)), there(await uploads.begin(owner))]
  await uploads.add(one.token, 0, content('01234'))
  expect(await uploads.add(other.token, 0, content('012', '345'))).toBe('full')
  expect(there(await uploads.find(other.token)).size).toBe(0)
  const sizes = readdirSync(join(path, '.openwopi/sessions')).map(
    (name) => statSync(join(path, '.openwopi/sessions', name)).size,
  )
  expect(sizes.sort()).toEqual([0, 5])
  const added = [uploads.add(one.token, 5, content('567')), uploads.add(other.token, 0, content('012'))]
  expect((await Promise.all(added)).filter((each) => each === 'full')).toHaveLength(1)
  await uploads.end(one.token)
  expect(await uploads.add(other.token, there(await uploads.find(other.token)).size, content('01234'))).not.toBe('full')
})

/** A folder as a crash leaves it after the index has been told of a save with a stream, and before the disk has. */
async function inMidSave() {
  const folder = await openTestFolder()
  const at = (path: string) => join(folder.path, path)
  const made = there(await folder.storage.create('root', ['a.txt'], content('first'), ann))
  const file = there(await folder.storage.write(made, content('old'), { ...ann, carries: setting({ a: 'old A' }) }))
  linkSync(at('a.txt'), at('.old'))
  const saved = there(
    await folder.storage.write(file, content('saved'), { ...ann, carries: setting({ a: 'A', b: 'B' }) }),
  )
  const source = at('.openwopi/incoming/saved')
  renameSync(at('a.txt'), source)
  renameSync(at('.old'), at('a.txt'))
  openPublishing(folder.served).note(file.id, source, there(folder.served.disk.see(at('a.txt'))))
  await folder.close()
  return { file, saved, path: folder.path }
}

test('After a crash in the middle of a save, its content, its streams and its number are there together.', async () => {
  const { file, saved, path } = await inMidSave()
  const folder = await openTestFolder({ folder: path })
  const found = there(await folder.storage.find(file.id))
  expect([found.version, found.sequenceNumber]).toEqual([saved.version, saved.sequenceNumber])
  expect(await textOf(folder, found)).toBe('saved')
  expect(await streamsOf(folder, found)).toEqual({ a: 'A', b: 'B' })
  expect(streamFiles(path)).toHaveLength(2)
})

test('After a crash before the index knew of a save, all is as before, and nothing of it is left.', async () => {
  const first = await openTestFolder()
  const made = there(await first.storage.create('root', ['a.txt'], content('first'), ann))
  const file = there(await first.storage.write(made, content('old'), { ...ann, carries: setting({ a: 'A' }) }))
  await first.close()
  writeFileSync(join(first.path, '.openwopi/streams/arrived'), 'B')
  writeFileSync(join(first.path, '.openwopi/incoming/arrived'), 'new')
  const folder = await openTestFolder({ folder: first.path })
  expect(await textOf(folder, file)).toBe('old')
  expect(await streamsOf(folder, file)).toEqual({ a: 'A' })
  expect(streamFiles(first.path)).toHaveLength(1)
})

test('A save that another program comes before leaves that and takes its own streams away.', async () => {
  const folder = await openTestFolder()
  const made = there(await folder.storage.create('root', ['a.txt'], content('first'), ann))
  const file = there(await folder.storage.write(made, content('old'), { ...ann, carries: setting({ a: 'A' }) }))
  const refused = await folder.storage.write(file, content('new'), {
    ...ann,
    carries: setting({ a: 'B' }),
    async decide(present) {
      if (present.version !== file.version) return 'refuse'
      writeFileSync(join(folder.path, 'a.txt'), 'from outside')
      return 'replace'
    },
  })
  expect(refused).toBeUndefined()
  const found = there(await folder.storage.find(file.id))
  expect(await textOf(folder, found)).toBe('from outside')
  expect(there(await folder.streams.of(found))).toEqual({ streams: [], properties: [kept] })
  expect(streamFiles(folder.path)).toHaveLength(1)
})

test('Of a save that cannot take its place nothing remains, in later versions neither.', async () => {
  const folder = await openTestFolder()
  const incoming = join(folder.path, '.openwopi/incoming')
  const made = there(await folder.storage.create('root', ['a.txt'], content('first'), ann))
  const file = there(await folder.storage.write(made, content('old'), { ...ann, carries: setting({ a: 'A' }) }))
  const change: CarriedChange = { ...setting({ a: 'B' }), properties: [{ ...kept, Value: 'of the failed save' }] }
  const failing = folder.storage.write(file, content('new'), {
    ...ann,
    carries: change,
    async decide() {
      for (const name of readdirSync(incoming)) rmSync(join(incoming, name))
      return 'replace'
    },
  })
  await expect(failing).rejects.toThrow('ENOENT')
  expect(await streamsOf(folder, file)).toEqual({ a: 'A' })
  expect(streamFiles(folder.path)).toHaveLength(1)
  const next = there(await folder.storage.write(file, content('next'), ann))
  expect(there(await folder.streams.of(next)).properties).toEqual([kept])
})

test('What another program writes takes the streams of a file away, as any other save does.', async () => {
  const folder = await openTestFolder()
  const made = there(await folder.storage.create('root', ['a.txt'], content('first'), ann))
  const file = there(await folder.storage.write(made, content('old'), { ...ann, carries: setting({ a: 'A' }) }))
  writeFileSync(join(folder.path, 'a.txt'), 'from outside')
  const found = there(await folder.storage.find(file.id))
  expect(there(await folder.streams.of(found))).toEqual({ streams: [], properties: [kept] })
  await folder.close()
  const again = await openTestFolder({ folder: folder.path })
  expect(there(await again.streams.of(found))).toEqual({ streams: [], properties: [kept] })
  expect(streamFiles(folder.path)).toEqual([])
})

test('Streams that have been replaced, or whose file is gone for good, do not stay on disk.', async () => {
  const folder = await openTestFolder()
  let file = there(await folder.storage.create('root', ['a.txt'], content('first'), ann))
  for (const a of ['1', '2', '3', '4'])
    file = there(await folder.storage.write(file, content(a), { ...ann, carries: setting({ a, b: 'always' }) }))
  expect(await streamsOf(folder, file)).toEqual({ a: '4', b: 'always' })
  expect(streamFiles(folder.path).length).toBeLessThanOrEqual(4)
  await folder.storage.remove(file, ann)
  const restored = there(await folder.trash.restore(file.id))
  expect(await streamsOf(folder, restored)).toEqual({ a: '4', b: 'always' })
  await folder.storage.remove(restored, ann)
  await folder.trash.empty()
  expect(streamFiles(folder.path)).toEqual([])
})

test('What is put aside is in memory or on disk, as much of it as there is, and then gone.', async () => {
  const { uploads, path } = await openTestFolder()
  const sizes = [0, 1, 262_144, 262_145, 1_000_000]
  for (const size of sizes) {
    const bytes = Buffer.from(Array.from({ length: size }, (_, index) => index % 251))
    async function* pieces() {
      for (let at = 0; at < size; at += 100_000) yield bytes.subarray(at, at + 100_000)
    }
    const aside = await uploads.putAside(pieces())
    expect(aside.size).toBe(size)
    const read: Uint8Array[] = []
    for await (const piece of aside.read(0, size)) read.push(piece)
    expect(Buffer.concat(read).equals(bytes)).toBe(true)
    await aside.discard()
    expect(readdirSync(join(path, '.openwopi/incoming'))).toEqual([])
  }
})

test('A long file that is saved in pieces is hashed soon afterwards, and stays at its version.', async () => {
  const folder = await openTestFolder()
  const made = there(await folder.storage.create('root', ['a.bin'], content('first'), ann))
  const pieces = Array.from({ length: 9 }, (_, index) => Buffer.alloc(1 << 20, index))
  const saved = there(await folder.storage.write(made, content(...pieces), { ...ann, carries: setting({ a: 'A' }) }))
  const found = async () => there(await folder.storage.find(made.id))
  await vi.waitFor(async () => expect((await found()).sha256).toBeDefined(), { timeout: 60_000 })
  const { sha256, version, changedOutside } = await found()
  expect([version, changedOutside]).toEqual([saved.version, undefined])
  expect(sha256).toBe(createHash('sha256').update(Buffer.concat(pieces)).digest('base64'))
  expect(await streamsOf(folder, await found())).toEqual({ a: 'A' })
})

test('A stream that is being read when a save replaces it is read to its end.', async () => {
  const folder = await openTestFolder()
  const made = there(await folder.storage.create('root', ['a.txt'], content('first'), ann))
  const file = there(await folder.storage.write(made, content('old'), { ...ann, carries: setting({ a: 'A' }) }))
  const [stream] = there(await folder.streams.of(file)).streams
  const reading = await folder.streams.read(file, there(stream))
  await folder.storage.write(file, content('new'), { ...ann, carries: setting({ a: 'B' }) })
  expect(await text(reading)).toBe('A')
})
