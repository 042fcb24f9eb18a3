import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Content } from '../src/index.ts'
import {
  type Frame,
  readChunkFrames,
  readFrames,
  sizeOfFrames,
  spookyHash,
  verified,
  writeFrames,
} from '../src/transfer/index.ts'

/** A frame with its content at hand. */
type Whole =
  | { readonly type: 'message'; readonly json: unknown }
  | { readonly type: 'chunk'; readonly hash: Uint8Array; readonly bytes: Uint8Array }
  | {
      readonly type: 'range'
      readonly hash: Uint8Array
      readonly offset: number
      readonly isEnd: boolean
      readonly bytes: Uint8Array
    }
  | { readonly type: 'end' }

async function* flowing(bytes: Uint8Array, cuts: readonly number[] = []): Content {
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((one, other) => one - other), bytes.length]
  for (const [index, end] of ends.entries()) yield bytes.subarray(ends[index - 1] ?? 0, end)
}

async function collected(content: Content): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece)
  return Uint8Array.from(Buffer.concat(pieces))
}

const frameOf = (whole: Whole): Frame =>
  'bytes' in whole ? { ...whole, length: whole.bytes.length, content: flowing(whole.bytes) } : whole

const encoded = (...frames: readonly Whole[]) => collected(writeFrames(frames.map(frameOf)))

async function* wholes(frames: AsyncIterable<Frame>): AsyncGenerator<Whole> {
  for await (const frame of frames) {
    if (!('content' in frame)) yield frame
    else {
      const { content, length, ...rest } = frame
      const bytes = await collected(content)
      expect(bytes.length).toBe(length)
      yield { ...rest, bytes }
    }
  }
}

async function decoded(content: Content): Promise<Whole[]> {
  const found: Whole[] = []
  for await (const whole of wholes(readFrames(content))) found.push(whole)
  return found
}

const hash = fc.uint8Array({ minLength: 16, maxLength: 16 })
const bytes = fc.uint8Array({ maxLength: 300 })
const chunk = fc.record({ type: fc.constant('chunk' as const), hash, bytes })
const range = fc.record({
  type: fc.constant('range' as const),
  hash,
  offset: fc.maxSafeNat(),
  isEnd: fc.boolean(),
  bytes,
})
const message = fc.record({ type: fc.constant('message' as const), json: fc.jsonValue() }).map((frame) => ({
  ...frame,
  json: JSON.parse(JSON.stringify(frame.json)) as unknown,
}))
const body = fc
  .tuple(message, fc.array(fc.oneof(chunk, range), { maxLength: 5 }))
  .map(([first, rest]): Whole[] => [first, ...rest, { type: 'end' }])
const cuts = fc.array(fc.nat(), { maxLength: 10 })

const hello = new TextEncoder().encode('hello')
const sample: readonly Whole[] = [
  { type: 'message', json: { Signatures: [] } },
  { type: 'chunk', hash: spookyHash(hello), bytes: hello },
  { type: 'range', hash: spookyHash(hello), offset: 2, isEnd: true, bytes: hello.subarray(2) },
  { type: 'end' },
]

/** A body of which one byte, or some from a place on, are others. */
async function tampered(at: number, ...values: readonly number[]): Promise<Content> {
  const bytes = await encoded(...sample)
  bytes.set(values, at)
  return flowing(bytes)
}

const messageSize = 16 + JSON.stringify({ Signatures: [] }).length

describe('Frames', () => {
  test('look on the wire as the specification has them', async () => {
    const hex = Buffer.from(await encoded(...sample)).toString('hex')
    const id = Buffer.from(spookyHash(hello)).toString('hex')
    expect(hex).toBe(
      [
        ['00000002', '00000000', '0000000000000011', Buffer.from('{"Signatures":[]}').toString('hex')],
        ['00000003', '00000010', '0000000000000005', id, '68656c6c6f'],
        ['00000004', '00000024', '0000000000000003', id, '0000000000000002', '0000000000000003', '00000001', '6c6c6f'],
        ['00000001', '00000000', '0000000000000000'],
      ]
        .flat()
        .join(''),
    )
  })

  test('come back as they were, however the bytes are cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(body, cuts, async (frames, cuts) => {
        expect(await decoded(flowing(await encoded(...frames), cuts))).toEqual(frames)
      }),
    )
  })

  test('may be passed over, wholly or in part', async () => {
    await fc.assert(
      fc.asyncProperty(body, cuts, fc.array(fc.boolean()), async (frames, cuts, choices) => {
        const types: string[] = []
        for await (const frame of readFrames(flowing(await encoded(...frames), cuts))) {
          if ('content' in frame && choices[types.length]) for await (const _ of frame.content) break
          types.push(frame.type)
        }
        expect(types).toEqual(frames.map(({ type }) => type))
      }),
    )
  })

  test('that break off anywhere are not taken for whole', async () => {
    const whole = await encoded(...sample)
    for (let length = 0; length < whole.length; length++) {
      await expect(decoded(flowing(whole.subarray(0, length))), `${length} bytes`).rejects.toThrow(SyntaxError)
    }
  })

  test('end at the end frame, whatever follows it', async () => {
    const more = Buffer.concat([await encoded(...sample), Buffer.alloc(100_000, 7)])
    expect(await decoded(flowing(more))).toEqual(sample)
  })

  test.each([
    ['a type of 0', () => tampered(3, 0)],
    ['a type of 5', () => tampered(3, 5)],
    ['a type of 2 in all its bytes', () => tampered(0, 2)],
    ['a chunk first', () => encoded(...sample.slice(1)).then((bytes) => flowing(bytes))],
    ['an end first', () => encoded({ type: 'end' }).then((bytes) => flowing(bytes))],
    ['a second message', () => encoded(...sample.slice(0, 1), ...sample).then((bytes) => flowing(bytes))],
    ['a message with an extended header', () => tampered(7, 1)],
    ['a chunk with a short extended header', () => tampered(messageSize + 7, 15)],
    ['a range with the extended header of a chunk', () => tampered(messageSize + 37 + 7, 16)],
    ['an end with a payload', () => tampered(messageSize + 37 + 55 + 15, 1)],
    ['a message of 2^63 bytes', () => tampered(8, 0x80)],
    ['a message of 2^64 - 1 bytes', () => tampered(8, ...Array(8).fill(255))],
    ['a chunk of 2^63 bytes', () => tampered(messageSize + 8, 0x80)],
    ['a chunk of 2^53 bytes', () => tampered(messageSize + 8, 0, 0x20)],
    ['a range that begins at 2^63', () => tampered(messageSize + 37 + 32, 0x80)],
    ['a range of another length than its payload', () => tampered(messageSize + 37 + 47, 4)],
    ['a range with unknown flags', () => tampered(messageSize + 37 + 51, 2)],
    ['a message that is not UTF-8', () => tampered(20, 0xff)],
    ['a message that is not JSON', () => tampered(16, 0x5d)],
  ])('are refused: %s', async (_, content) => {
    await expect(content().then(decoded)).rejects.toThrow(SyntaxError)
  })

  test('are refused before they are read when they are beyond the limits', async () => {
    const read = async (limits: { maxMessage?: number; maxChunk?: number }) => {
      for await (const { type } of readFrames(flowing(await encoded(...sample)), limits)) if (type === 'end') return
    }
    await expect(read({ maxMessage: 17, maxChunk: 5 })).resolves.toBeUndefined()
    await expect(read({ maxMessage: 16 })).rejects.toThrow('at most 16')
    await expect(read({ maxChunk: 4 })).rejects.toThrow('at most 4')
    await expect(read({ maxChunk: 2 })).rejects.toThrow(SyntaxError)
  })

  test('whose payload is read too late say so, rather than that it has ended', async () => {
    const late: Content[] = []
    for await (const frame of readFrames(flowing(await encoded(...sample)))) {
      if ('content' in frame) late.push(frame.content)
    }
    for (const content of late) await expect(collected(content)).rejects.toThrow('before the next frame')
  })

  test('tell their source when no more of them are wanted', async () => {
    let isOpen = true
    const source = async function* (): Content {
      try {
        yield* flowing(await encoded(...sample), [1, 2, 3, 4, 5, 40])
      } finally {
        isOpen = false
      }
    }
    for await (const { type } of readFrames(source())) if (type === 'chunk') break
    expect(isOpen).toBe(false)
  })

  test('of any size pass through little memory', async () => {
    const piece = new Uint8Array(64 * 1024)
    const length = piece.length * 1024
    let [ahead, most] = [0, 0]
    const content = async function* (): Content {
      for (let sent = 0; sent < length; sent += piece.length) {
        ahead += piece.length
        most = Math.max(most, ahead)
        yield piece
      }
    }
    const sent = writeFrames([
      { type: 'message', json: {} },
      { type: 'chunk', hash: new Uint8Array(16), length, content: content() },
      { type: 'end' },
    ])
    let received = 0
    for await (const frame of readFrames(sent)) {
      if (!('content' in frame)) continue
      for await (const { length } of frame.content) {
        ahead -= length
        received += length
      }
    }
    expect(received).toBe(length)
    expect(most).toBeLessThanOrEqual(4 * piece.length)
  })

  test('are not written with another length than they say', async () => {
    for (const length of [4, 6]) {
      const frame: Frame = { type: 'chunk', hash: new Uint8Array(16), length, content: flowing(hello) }
      await expect(collected(writeFrames([frame])), String(length)).rejects.toThrow('another length')
    }
    const nameless: Frame = { type: 'chunk', hash: new Uint8Array(15), length: 5, content: flowing(hello) }
    await expect(collected(writeFrames([nameless]))).rejects.toThrow(RangeError)
  })

  test('are as long as was said beforehand', async () => {
    await fc.assert(
      fc.asyncProperty(body, async (frames) => {
        expect(sizeOfFrames(frames.map(frameOf))).toBe((await encoded(...frames)).length)
      }),
    )
  })

  test('that are small share pieces', async () => {
    const frames = Array.from({ length: 1000 }, (): Whole => ({ type: 'chunk', hash: spookyHash(hello), bytes: hello }))
    let pieces = 0
    for await (const _ of writeFrames(frames.map(frameOf))) pieces++
    expect(pieces).toBeLessThan(10)
  })
})

describe('The chunks of an upload session', () => {
  const chunks = fc.array(chunk, { maxLength: 5 })

  test('come back as they were, however the bytes are cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(chunks, cuts, async (frames, cuts) => {
        const found: Whole[] = []
        for await (const whole of wholes(readChunkFrames(flowing(await encoded(...frames), cuts)))) found.push(whole)
        expect(found).toEqual(frames)
      }),
    )
  })

  test('that break off inside one are not taken for whole', async () => {
    const whole = await encoded(...sample.slice(1, 2), ...sample.slice(1, 2))
    const read = async (length: number) => {
      for await (const { content } of readChunkFrames(flowing(whole.subarray(0, length)))) await collected(content)
    }
    for (let length = 0; length <= whole.length; length++) {
      if (length % (whole.length / 2) === 0) await expect(read(length)).resolves.toBeUndefined()
      else await expect(read(length), `${length} bytes`).rejects.toThrow(SyntaxError)
    }
  })

  test.each([0, 2, 3])('stand alone: frame %d of a body is none of them', async (index) => {
    const content = flowing(await encoded(...sample.slice(index, index + 1)))
    await expect(readChunkFrames(content).next()).rejects.toThrow(SyntaxError)
  })
})

describe('A verified chunk', () => {
  test('is passed on when its content is what its id says', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, cuts, async (bytes, cuts) => {
        expect(await collected(verified({ hash: spookyHash(bytes), content: flowing(bytes, cuts) }))).toEqual(bytes)
      }),
    )
  })

  test('breaks off when any bit of its content or of its id is another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.boolean(), async (bytes, at, inHash) => {
        const hash = spookyHash(bytes)
        const target = inHash ? hash : bytes
        target[at % target.length] = (target[at % target.length] ?? 0) ^ (1 << (at % 8))
        await expect(collected(verified({ hash, content: flowing(bytes) }))).rejects.toThrow(SyntaxError)
      }),
    )
  })
})
