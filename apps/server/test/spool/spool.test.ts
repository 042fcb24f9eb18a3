import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { AboutSave } from '../../src/spool/failed-save.ts'
import { frameLength, opened, sealer } from '../../src/spool/sealed-frames.ts'
import { openSpool } from '../../src/spool/spool.ts'
import { spoolKeys } from '../../src/spool/spool-keys.ts'

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'openwopi-spool-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

const about: AboutSave = { at: 1, kind: 'save', fileId: 'f', user: { id: 'u', name: 'Ann' }, why: 'away' }

async function* pieces(...all: readonly Uint8Array[]) {
  yield* all
}

async function all(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function spoolIn(place: string, { limit = 1e8, data = place }: { limit?: number; data?: string } = {}) {
  return openSpool({ folder: join(place, 'spool'), keys: await spoolKeys(data), limit })
}

const key = randomBytes(32)

function sealed(chunks: readonly Uint8Array[]): Buffer {
  const frames = sealer(key)
  return Buffer.concat([...chunks.flatMap((chunk) => frames.push(chunk)), frames.end()])
}

test('what is sealed in any pieces opens to the same bytes, from any pieces', async () => {
  const length = fc.integer({ min: 0, max: frameLength * 2 + 2 })
  await fc.assert(
    fc.asyncProperty(fc.array(length, { maxLength: 4 }), fc.integer({ min: 100, max: 200_000 }), async (sizes, cut) => {
      const chunks = sizes.map((size) => randomBytes(size))
      const bytes = sealed(chunks)
      const cuts = Array.from({ length: Math.ceil(bytes.length / cut) }, (_, i) =>
        bytes.subarray(i * cut, (i + 1) * cut),
      )
      expect((await all(opened(pieces(...cuts), key))).equals(Buffer.concat(chunks))).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('no frame can be altered, cut off, left out or moved unseen', async () => {
  const bytes = sealed([randomBytes(frameLength * 3 + 5)])
  const frame = frameLength + 16
  const altered = Buffer.from(bytes)
  altered[frame + 3] = (altered[frame + 3] ?? 0) ^ 1
  const swapped = Buffer.concat([bytes.subarray(frame, 2 * frame), bytes.subarray(0, frame), bytes.subarray(2 * frame)])
  const without = Buffer.concat([bytes.subarray(0, frame), bytes.subarray(2 * frame)])
  const wrong = [altered, swapped, without, bytes.subarray(0, 3 * frame), bytes.subarray(0, -1), Buffer.alloc(0)]
  for (const each of wrong) await expect(all(opened(pieces(each), key))).rejects.toThrow(/altered|missing/)
})

test('a save comes back byte for byte, and nothing of it can be read on the disk', async () => {
  const place = await folder()
  const spool = await spoolIn(place)
  const bytes = Buffer.from('the words of the document '.repeat(10_000))
  const kept = await spool.keep(about, pieces(bytes))
  expect(kept).toMatchObject({ ...about, size: bytes.length })

  const again = await spoolIn(place)
  await again.tidy()
  const [found] = await again.list()
  if (!found || !('at' in found)) throw new Error('it cannot be read')
  expect(found).toEqual(kept)
  expect((await all(again.read(found))).equals(bytes)).toBe(true)
  for (const name of await readdir(spool.folder))
    expect(await readFile(join(spool.folder, name), 'latin1')).not.toMatch(/words|Ann/)
  expect(await again.remove(kept.id)).toBe(true)
  expect(await readdir(spool.folder)).toEqual([])
})

test('what breaks off leaves nothing, and what a dead process left is taken away', async () => {
  const place = await folder()
  const spool = await spoolIn(place)
  const breaking = async function* () {
    yield randomBytes(100)
    throw new Error('gone')
  }
  await expect(spool.keep(about, breaking())).rejects.toThrow('gone')
  expect(await readdir(spool.folder)).toEqual([])
  const writer = await spool.begin()
  await writer.write(randomBytes(200_000))
  await spool.tidy()
  expect(await readdir(spool.folder)).toEqual([])
  await writer.drop()
})

test('a spool that is full says so, and keeps what it has', async () => {
  const spool = await spoolIn(await folder(), { limit: 300_000 })
  const first = await spool.keep(about, pieces(randomBytes(200_000)))
  await expect(spool.keep(about, pieces(randomBytes(200_000)))).rejects.toThrow(/is full: recover or discard/)
  expect((await spool.list()).map(({ id }) => id)).toEqual([first.id])
  expect(await readdir(spool.folder)).toHaveLength(2)
})

test('a save of another key, and one that was altered, are named with what is wrong', async () => {
  const place = await folder()
  const spool = await spoolIn(place)
  const { id } = await spool.keep(about, pieces(randomBytes(10)))
  const elsewhere = await spoolIn(place, { data: await folder() })
  expect(await elsewhere.list()).toEqual([{ id, problem: expect.stringContaining('another key than the one in the') }])

  const path = join(spool.folder, `${id}.entry`)
  const entry = await readFile(path, 'utf8')
  await writeFile(
    path,
    entry.replace(/(.)(=*\n)$/, (_, last, rest) => (last === 'A' ? 'Q' : 'A') + rest),
  )
  expect(await spool.find(id)).toEqual({ id, problem: expect.stringContaining('altered or damaged') })
  await writeFile(path, 'something else')
  expect(await spool.find(id)).toEqual({ id, problem: expect.stringContaining('is no save') })
  expect(await spool.find('../../secrets/key')).toBeUndefined()
})
