import { randomBytes } from 'node:crypto'
import { WopiError } from '@openwopi/protocol'
import { inMemory, mainContent } from '@openwopi/protocol/transfer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { zipFile } from '../../../protocol/test/zip-file.ts'
import {
  pullChunked,
  pushChunked,
  signStream,
  type UploadSession,
  uploadChunks,
  WopiUnreachable,
} from '../../src/index.ts'
import { aChunkingHost, type Fault, memoryTarget } from './a-chunking-host.ts'

/** A presentation with a large picture on each slide. */
const slides = (count: number, make: (index: number) => Buffer = () => randomBytes(100_000)) =>
  Array.from({ length: count }, (_, index) => ({ name: `ppt/slides/slide${index}.xml`, data: make(index) }))
const entries = slides(20)
const deck = zipFile(entries)
const changedDeck = zipFile(entries.map((each, index) => (index === 7 ? { ...each, data: randomBytes(1000) } : each)))
const sign = (bytes: Uint8Array) => signStream(inMemory(bytes))

describe('A file is pulled', () => {
  test('whole when nothing of it is at hand', async () => {
    const { file } = await aChunkingHost(deck)
    const into = memoryTarget()
    const pulled = await pullChunked(file, { into })
    expect(into.bytes().equals(deck)).toBe(true)
    expect(pulled).toMatchObject({ size: deck.length, ChunkingScheme: 'Zip', properties: [] })
    expect(pulled.ChunkSignatures).toEqual((await sign(deck)).ChunkSignatures)
  })

  test('with only what has changed on the wire', async () => {
    const { file, wire } = await aChunkingHost(changedDeck)
    const into = memoryTarget()
    await pullChunked(file, { into, known: await sign(deck) })
    expect(into.bytes().equals(changedDeck)).toBe(true)
    expect(wire.sent).toBeLessThan(20_000)
  })

  test('with nothing but its signature on the wire when all of it is at hand', async () => {
    const { file, wire } = await aChunkingHost(deck)
    const into = memoryTarget()
    await pullChunked(file, { into, known: await sign(deck) })
    expect(into.bytes().equals(deck)).toBe(true)
    expect(wire.sent).toBeLessThan(10_000)
  })

  test('with a chunk that stands in several places sent once', async () => {
    const same = randomBytes(100_000)
    const bytes = zipFile(slides(10, () => same))
    const { file, wire } = await aChunkingHost(bytes)
    const into = memoryTarget()
    await pullChunked(file, { into })
    expect(into.bytes().equals(bytes)).toBe(true)
    expect(wire.sent).toBeLessThan(110_000)
  })

  test('whatever is at hand', async () => {
    const data = fc.constantFrom('', 'one', 'another', 'x'.repeat(5000)).map((text) => Buffer.from(text))
    const archive = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'long name'), data }), { maxLength: 6 })
    const content = fc.oneof(
      archive.map((entries) => zipFile(entries)),
      fc.uint8Array(),
    )
    await fc.assert(
      fc.asyncProperty(content, content, async (there, here) => {
        const { file } = await aChunkingHost(there)
        const into = memoryTarget()
        const { size } = await pullChunked(file, { into, known: await sign(here) })
        expect(size).toBe(there.length)
        expect(into.bytes().equals(there)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('not at all when it is longer than wanted', async () => {
    const { file } = await aChunkingHost(deck)
    const into = memoryTarget()
    await expect(pullChunked(file, { into, maxSize: deck.length - 1 })).rejects.toThrow(`${deck.length} bytes`)
    expect(into.bytes().length).toBe(0)
  })

  test('not out of what has changed since it was signed', async () => {
    const { file } = await aChunkingHost(deck)
    const local = deck.slice()
    const known = await sign(local)
    local[1000] = (local[1000] ?? 0) ^ 1
    await expect(pullChunked(file, { into: memoryTarget(), known })).rejects.toThrow('has changed since it was signed')
  })
})

describe('A pull whose connection breaks', () => {
  const large = randomBytes(2_000_000)
  const isBreak = (error: unknown) => error instanceof WopiUnreachable

  test.each([
    ['a file that is one chunk', large],
    ['an archive', deck],
  ])('goes on where it was, with %s', async (_, content) => {
    const { file, faults, wire } = await aChunkingHost(content)
    const into = memoryTarget()
    let breaks = 0
    faults.set('GET_CHUNKED_FILE', { heardUpTo: 400_000 })
    faults.set('GET_CHUNKS', { heardUpTo: 400_000 })
    await pullChunked(file, {
      into,
      async onBreak(cause) {
        expect(isBreak(cause)).toBe(true)
        breaks++
      },
    })
    expect(into.bytes().equals(content)).toBe(true)
    expect(breaks).toBe(2)
    expect(wire.sent).toBeLessThan(1.5 * content.length)
  })

  test('rejects when nobody wants it to go on', async () => {
    for (const onBreak of [undefined, (cause: unknown) => Promise.reject(cause)]) {
      const { file, faults } = await aChunkingHost(large)
      faults.set('GET_CHUNKED_FILE', { heardUpTo: 400_000 })
      const pull = pullChunked(file, { into: memoryTarget(), ...(onBreak && { onBreak }) })
      await expect(pull).rejects.toThrow(WopiUnreachable)
    }
  })

  test('rejects when the file has changed meanwhile, since what it lacks is gone', async () => {
    const { file, faults } = await aChunkingHost(large)
    faults.set('GET_CHUNKED_FILE', { heardUpTo: 400_000 })
    const onBreak = async () => void (await file.putFile({ lock: 'a', content: deck }))
    const pull = pullChunked(file, { into: memoryTarget(), onBreak })
    await expect(pull).rejects.toMatchObject({ code: 'SequenceMismatch' })
  })
})

describe('A file is pushed', () => {
  test('with only what has changed on the wire, again and again', async () => {
    const { file, wire, content } = await aChunkingHost(deck)
    const before = await pullChunked(file, { into: memoryTarget() })
    wire.received = 0
    const next = await sign(changedDeck)
    const pushed = await pushChunked(file, { ...before, content: next, known: before, lock: 'a' })
    expect(pushed.sequenceNumber).toBeGreaterThan(before.sequenceNumber)
    expect((await content()).equals(changedDeck)).toBe(true)
    await pushChunked(file, { ...pushed, content: await sign(deck), known: next, lock: 'a' })
    expect((await content()).equals(deck)).toBe(true)
    expect(wire.received).toBeLessThan(20_000 + 100_000)
  })

  test('together with properties and beside other streams', async () => {
    const { file, content, sequenceNumber } = await aChunkingHost(deck)
    const properties = [{ Name: 'n', Value: 'v', Retention: 'KeepOnContentChange' } as const]
    const notes = Buffer.from('notes')
    await pushChunked(file, {
      content: await sign(notes),
      streamId: 'notes',
      properties,
      sequenceNumber: await sequenceNumber(),
      lock: 'a',
    })
    const into = memoryTarget()
    const pulled = await pullChunked(file, { into, streamId: 'notes', properties: ['n', 'other'] })
    expect(into.bytes().toString()).toBe('notes')
    expect(pulled.properties).toEqual(properties)
    expect((await content()).equals(deck)).toBe(true)
    await pullChunked(file, { into, streamId: mainContent, known: await sign(deck) })
    expect(into.bytes().equals(deck)).toBe(true)
  })

  test('not over what has been written meanwhile, which the failure tells', async () => {
    const { file, content, sequenceNumber } = await aChunkingHost(deck)
    const stale = await sequenceNumber()
    await file.putFile({ lock: 'a', content: Buffer.from('new') })
    const push = pushChunked(file, { content: await sign(changedDeck), sequenceNumber: stale, lock: 'a' })
    const error = await push.then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(WopiError.is(error, 'SequenceMismatch')).toBe(true)
    expect(error).toMatchObject({ details: { sequenceNumber: await sequenceNumber() } })
    expect((await content()).toString()).toBe('new')
  })

  test('not when it has changed since it was signed', async () => {
    const { file, content, sequenceNumber } = await aChunkingHost(deck)
    const local = changedDeck.slice()
    const signed = await sign(local)
    local.fill(0, 1000, 2000)
    const push = pushChunked(file, { content: signed, sequenceNumber: await sequenceNumber(), lock: 'a' })
    await expect(push).rejects.toThrow('has changed since it was signed')
    expect((await content()).equals(deck)).toBe(true)
  })
})

describe('An upload in advance', () => {
  const pieceSize = 64 * 1024

  /** Uploads what `deck` lacks of a wholly other one, and goes on wherever it breaks. */
  async function uploadThrough(host: Awaited<ReturnType<typeof aChunkingHost>>, next: Uint8Array) {
    const [content, known] = [await sign(next), await sign(deck)]
    const told: UploadSession[] = []
    let failures = 0
    for (;;) {
      const last = told.at(-1)
      const upload = uploadChunks(host.file, {
        content,
        known,
        pieceSize,
        ...(last && { session: last }),
        onProgress: (session) => void told.push(session),
      })
      const session = await upload.catch((error: unknown) => {
        if (!(error instanceof WopiUnreachable)) throw error
        failures++
      })
      if (session) return { content, known, session, told, failures }
    }
  }

  const next = zipFile(slides(10))
  const total = 10 * (100_000 + 32) + 22 + 32

  test.each<[string, Readonly<Record<number, Fault>>]>([
    ['without a break', {}],
    ['with a request that is lost', { 4: { lostAfter: 10_000 } }],
    ['with an answer that is lost', { 4: 'unheard' }],
    ['with one after the other', { 2: 'unheard', 3: 'unheard', 5: { lostAfter: 1 } }],
    ['with the last answer lost', { 16: 'unheard' }],
  ])('is saved: %s', async (_, faults) => {
    const host = await aChunkingHost(deck)
    let updates = 0
    const { updateUploadSession } = host.file
    const file = {
      ...host.file,
      updateUploadSession: (...args: Parameters<typeof updateUploadSession>) => {
        const fault = args[0].length > 0 ? faults[++updates] : undefined
        if (fault) host.faults.set('UPDATE_UPLOAD_SESSION', fault)
        return updateUploadSession(...args)
      },
    }
    const { content, session, told, failures } = await uploadThrough({ ...host, file }, next)
    expect(session.sent).toBe(session.total)
    expect(session.total).toBeGreaterThan(total)
    expect(failures).toBe(Object.keys(faults).length)
    expect(told.map(({ sent }) => sent)).toEqual(told.map(({ sent }) => sent).toSorted((one, other) => one - other))
    const sequenceNumber = await host.sequenceNumber()
    await pushChunked(file, { content, sequenceNumber, lock: 'a', upload: session })
    expect((await host.content()).equals(next)).toBe(true)
  })

  test('outlives a save by someone else, after which only what merging has changed is sent', async () => {
    const host = await aChunkingHost(deck)
    const { content, session: upload } = await uploadThrough(host, changedDeck)
    const stale = await host.sequenceNumber()
    const theirs = zipFile(entries.map((each, index) => (index === 9 ? { ...each, data: randomBytes(1000) } : each)))
    await host.file.putFile({ lock: 'a', content: theirs })
    const push = pushChunked(host.file, { content, upload, sequenceNumber: stale, lock: 'a' })
    await expect(push).rejects.toMatchObject({ code: 'SequenceMismatch' })

    const merged = zipFile(
      entries.slice(1).map((each, index) => ({ ...each, data: index === 8 ? each.data.subarray(1) : each.data })),
    )
    const known = await pullChunked(host.file, { into: memoryTarget() })
    host.wire.received = 0
    await pushChunked(host.file, { ...known, content: await sign(merged), known, upload, lock: 'a' })
    expect((await host.content()).equals(merged)).toBe(true)
    expect(host.wire.received).toBeLessThan(120_000)
  })

  test('has nothing to send when the host has everything', async () => {
    const host = await aChunkingHost(deck)
    const { session } = await uploadThrough(host, deck)
    expect(session).toMatchObject({ sent: 0, total: 0 })
  })

  test('does not go on from an upload that is gone', async () => {
    const { file } = await aChunkingHost(deck)
    const session = { token: 'of another host', sent: 0, total: 100 }
    const upload = uploadChunks(file, { content: await sign(next), session })
    await expect(upload).rejects.toMatchObject({ code: 'UploadSessionGone' })
  })
})
