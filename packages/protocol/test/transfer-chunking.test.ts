import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Content } from '../src/index.ts'
import {
  type Chunking,
  chunkId,
  chunksOf,
  inMemory,
  type RandomAccess,
  signatureOf,
  signedChunksOf,
  spookyHash,
} from '../src/transfer/index.ts'
import { type TestEntry, zipFile } from './zip-file.ts'

const encoder = new TextEncoder()
const entry = (name: string, data: string, rest: Partial<TestEntry> = {}): TestEntry => ({
  name,
  data: encoder.encode(data),
  ...rest,
})
const lengths = ({ chunks }: Chunking) => chunks.map(({ length }) => length)

/** Cuts a stream, and checks that what is signed in one pass is the same. */
async function cut(bytes: Uint8Array): Promise<Chunking> {
  const stream = inMemory(bytes)
  const chunking = await chunksOf(stream)
  const signed = { scheme: chunking.scheme, chunks: await signatureOf(stream, chunking.chunks) }
  expect(await signedChunksOf(stream)).toEqual(signed)
  return chunking
}

/** Checks that the chunks lie one behind the other and are all of the stream. */
function expectWhole({ chunks }: Chunking, size: number): void {
  let next = 0
  for (const { start, length } of chunks) {
    expect(start).toBe(next)
    expect(length).toBeGreaterThan(0)
    next += length
  }
  expect(next).toBe(size)
}

async function expectUncut(bytes: Uint8Array): Promise<void> {
  expect(await cut(bytes)).toEqual({ scheme: 'FullFile', chunks: [{ start: 0, length: bytes.length }] })
}

const two = [entry('one', 'first'), entry('second', 'another')]
/** Of an archive of `two`: a header of 30 bytes with the name, then the data. */
const localSizes = [33, 5, 36, 7]
const directorySize = 46 + 3 + 2 + 46 + 6 + 2
const descriptor = new Uint8Array(16).fill(8)

describe('An archive is cut', () => {
  test('at each local header, at the data behind it, and at the directory', async () => {
    const bytes = zipFile(two)
    const chunking = await cut(bytes)
    expect(chunking.scheme).toBe('Zip')
    expect(lengths(chunking)).toEqual([...localSizes, directorySize + 22])
    expectWhole(chunking, bytes.length)
  })

  test('with a data descriptor and padding as a part of the data before it', async () => {
    const bytes = zipFile([{ ...entry('one', 'first'), behind: descriptor }, entry('second', 'another')], {
      beforeDirectory: new Uint8Array(11),
    })
    expect(lengths(await cut(bytes))).toEqual([33, 5 + 16, 36, 7 + 11, directorySize + 22])
  })

  test('by the extra field of the local header, which may be longer than the one in the directory', async () => {
    const bytes = zipFile([{ ...entry('one', 'first'), localExtra: new Uint8Array(20) }])
    expect(lengths(await cut(bytes))).toEqual([53, 5, 46 + 3 + 2 + 22])
  })

  test('without a chunk for an entry that is empty, unless something stands in its place', async () => {
    const empty = [entry('folder/', ''), entry('one', 'first'), entry('last', '')]
    expect(lengths(await cut(zipFile(empty))).slice(0, -1)).toEqual([37, 33, 5, 34])
    const described = [{ ...entry('folder/', ''), behind: descriptor }, entry('one', 'first')]
    expect(lengths(await cut(zipFile(described))).slice(0, -1)).toEqual([37, 16, 33, 5])
  })

  test('with what stands before it as a part of the first header', async () => {
    const bytes = zipFile(two, { before: encoder.encode('#!/bin/sh\n') })
    expect(lengths(await cut(bytes))).toEqual([43, ...localSizes.slice(1), directorySize + 22])
  })

  test('in the order of its bytes, whatever the order of its directory', async () => {
    const [first, second] = [zipFile(two), zipFile([...two].reverse())]
    const at = (index: number, size: number) => second.subarray(index, index + size)
    const swapped = Uint8Array.from(
      Buffer.concat([first.subarray(0, 81), at(81 + 54, 51), at(81, 54), first.subarray(81 + 105)]),
    )
    // The two directories differ in their offsets as well.
    new DataView(swapped.buffer).setUint32(81 + 42, 0, true)
    new DataView(swapped.buffer).setUint32(81 + 51 + 42, 38, true)
    expect(lengths(await cut(swapped))).toEqual([...localSizes, directorySize + 22])
  })

  test('when it has a comment that looks like its end', async () => {
    const comment = Uint8Array.from(Buffer.concat([zipFile([]), Buffer.from('?')]))
    expect(lengths(await cut(zipFile(two, { comment })))).toEqual([...localSizes, directorySize + 22 + 23])
  })

  test('as one directory when it has no entries', async () => {
    expect(await cut(zipFile([]))).toEqual({ scheme: 'Zip', chunks: [{ start: 0, length: 22 }] })
  })

  test('when its sizes and places are in records of ZIP64', async () => {
    const entries = two.map((each) => ({ ...each, isZip64: true }))
    const extra = 2 * (5 + 28)
    expect(lengths(await cut(zipFile(entries)))).toEqual([...localSizes, directorySize + extra + 22])
    const bytes = zipFile(entries, { isZip64: true })
    expect(lengths(await cut(bytes))).toEqual([...localSizes, directorySize + extra + 56 + 20 + 22])
    expect(lengths(await cut(zipFile(two, { isZip64: true })))).toEqual([...localSizes, directorySize + 56 + 20 + 22])
  })

  test.each([['Introduction.pptx'], ['Household budget.xlsx'], ['Welcome letter.docx'], ['Garden club minutes.odt']])(
    'when it is a document: %s',
    async (name) => {
      const bytes = await readFile(new URL(`../../../samples/${name}`, import.meta.url))
      const chunking = await cut(bytes)
      expectWhole(chunking, bytes.length)
      expect(chunking.scheme).toBe('Zip')
      const headers = chunking.chunks.filter(({ start }) => bytes.readUInt32LE(start) === 0x04034b50)
      expect(headers.length).toBe(bytes.readUInt16LE(bytes.length - 12))
      expect(bytes.readUInt32LE(chunking.chunks.at(-1)?.start ?? 0)).toBe(0x02014b50)
    },
  )

  test('so that the chunks are all of it, whatever is in it', async () => {
    const entries = fc.array(
      fc.record({
        name: fc.string({ maxLength: 8 }),
        data: fc.uint8Array(),
        localExtra: fc.uint8Array(),
        behind: fc.uint8Array(),
        isZip64: fc.boolean(),
      }),
    )
    const around = fc.record({
      before: fc.uint8Array(),
      beforeDirectory: fc.uint8Array(),
      comment: fc.uint8Array(),
      isZip64: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(entries, around, async (entries, around) => {
        const bytes = zipFile(entries, around)
        const chunking = await cut(bytes)
        expect(chunking.scheme).toBe('Zip')
        expectWhole(chunking, bytes.length)
        const filled = entries.filter(({ data, behind }) => data.length + behind.length > 0).length
        expect(chunking.chunks.length).toBeGreaterThanOrEqual(entries.length + filled + 1)
      }),
    )
  })

  test('even a large one of many entries, in few reads and little memory', async () => {
    const entries = Array.from({ length: 20_000 }, (_, index) => entry(`slide${index}.xml`, 'x'.repeat(index % 50)))
    const stream = inMemory(zipFile(entries))
    let reads = 0
    const counted: RandomAccess = {
      size: stream.size,
      read(start, end) {
        reads++
        return stream.read(start, end)
      },
    }
    expect((await chunksOf(counted)).chunks.length).toBe(20_000 + 20_000 - 400 + 1)
    expect(reads).toBeLessThan(60)
  })
})

describe('A stream is not cut', () => {
  test.each([
    ['text', encoder.encode('just some text')],
    ['an archive without its last byte', zipFile(two).subarray(0, -1)],
    ['an archive with more behind it', Uint8Array.from([...zipFile(two), 0])],
    ['the half of an archive', zipFile(two).subarray(40)],
    ['a part of an archive on several disks', zipFile(two, { says: { disk: 1 } })],
    ['an archive with an entry on another disk', zipFile([entry('one', 'first', { says: { disk: 1 } })])],
    ['a directory that begins too early', zipFile(two, { says: { at: 80 } })],
    ['a directory that begins too late', zipFile(two, { says: { at: 82 } })],
    ['a directory beyond the end', zipFile(two, { says: { at: 0xfffffff0 } })],
    ['a directory that is too long', zipFile(two, { says: { size: directorySize + 1 } })],
    ['a directory of nearly 4 GiB', zipFile(two, { says: { size: 0xfffffff0 } })],
    ['fewer entries than are said', zipFile(two, { says: { entries: 3 } })],
    ['more entries than are said', zipFile(two, { says: { entries: 1 } })],
    ['entries that are said to be 65,534', zipFile(two, { says: { entries: 65_534 } })],
    ['entries that are said to be 2^64 - 1', zipFile(two, { isZip64: true, says: { entries: -1 } })],
    ['a directory that is said to be at 2^64 - 1', zipFile(two, { isZip64: true, says: { at: -1 } })],
    ['a directory that is said to be at 2^53', zipFile(two, { isZip64: true, says: { at: 2 ** 53 } })],
    ['an entry in the middle of nowhere', zipFile([entry('one', 'first', { says: { at: 3 } })])],
    ['an entry beyond the directory', zipFile([entry('one', 'first', { says: { at: 100 } })])],
    ['an entry beyond the end', zipFile([entry('one', 'first', { says: { at: 0xfffffff0 } })])],
    ['an entry at 2^60', zipFile([entry('one', 'first', { isZip64: true, says: { at: 2 ** 60 } })])],
    ['an entry that is too large', zipFile([entry('one', 'first', { says: { size: 6 } })])],
    ['an entry that reaches into the next', zipFile([entry('one', 'first', { says: { size: 6 } }), ...two])],
    ['an entry of 2^60 bytes', zipFile([entry('one', 'first', { isZip64: true, says: { size: 2 ** 60 } })])],
    ['an entry that is listed twice', zipFile([entry('one', 'first'), entry('two', 'first', { says: { at: 0 } })])],
    [
      'an entry inside another',
      zipFile([{ ...entry('out', ''), data: zipFile(two) }, entry('in', '', { says: { at: 33 } })]),
    ],
  ])('when it is %s', async (_, bytes) => {
    await expectUncut(bytes)
  })

  test('when it has more entries than it may have, or a longer directory', async () => {
    const stream = inMemory(zipFile(two))
    expect((await chunksOf(stream, { maxEntries: 2, maxDirectory: directorySize })).scheme).toBe('Zip')
    expect((await chunksOf(stream, { maxEntries: 1 })).scheme).toBe('FullFile')
    expect((await chunksOf(stream, { maxDirectory: directorySize - 1 })).scheme).toBe('FullFile')
  })

  test('when a byte of it is another, unless it is still an archive; and is never cut wrongly', async () => {
    const whole = zipFile(two, { isZip64: true })
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }), async (at, value) => {
        const bytes = whole.slice()
        bytes[at] = value
        expectWhole(await cut(bytes), bytes.length)
      }),
    )
  })

  test('and has no chunk at all when it is empty', async () => {
    expect(await cut(new Uint8Array())).toEqual({ scheme: 'FullFile', chunks: [] })
  })
})

describe('A signature', () => {
  test('says the hash and the length of each chunk', async () => {
    const bytes = zipFile(two)
    const { chunks } = await cut(bytes)
    expect(await signatureOf(inMemory(bytes), chunks)).toEqual(
      chunks.map(({ start, length }) => ({
        ChunkId: chunkId(spookyHash(bytes.subarray(start, start + length))),
        Length: length,
      })),
    )
  })

  test('is made of any stream in one pass, with little memory', async () => {
    const piece = new Uint8Array(64 * 1024)
    let [passes, sent] = [0, 0]
    const stream: RandomAccess = {
      size: 512 * piece.length,
      async *read(start, end): Content {
        passes++
        for (let at = start; at < end; at += piece.length) {
          sent += piece.length
          yield piece
        }
      },
    }
    const [signature] = await signatureOf(stream, [{ start: 0, length: stream.size }])
    expect(signature?.Length).toBe(512 * piece.length)
    expect([passes, sent]).toEqual([1, stream.size])
  })

  test('of an archive is made in one pass, after a look at its directory', async () => {
    const bytes = zipFile(two)
    const reads: number[] = []
    const stream: RandomAccess = {
      size: bytes.length,
      read(start, end) {
        reads.push(start)
        return inMemory(bytes).read(start, end)
      },
    }
    await signedChunksOf(stream)
    expect(reads).toEqual([0, 81, 0])
  })

  test('is not made of a stream that ends too early, for which no client is to blame', async () => {
    const short = { ...inMemory(new Uint8Array(10)), size: 11 }
    await expect(signatureOf(short, [{ start: 0, length: 11 }])).rejects.toThrow('fewer bytes')
    await expect(signedChunksOf(short)).rejects.toThrow('fewer bytes')
    await expect(signedChunksOf(short)).rejects.not.toThrow(SyntaxError)
  })
})
