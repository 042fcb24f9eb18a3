import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ByteWriter } from '../../src/bytes/byte-writer.ts'
import { uint } from '../../src/bytes/compact-uint.ts'
import { writeStart } from '../../src/bytes/object-header.ts'
import { CellFault, dumpMessage, readRequest, readResponse } from '../../src/index.ts'
import * as vectors from '../vectors.ts'
import { workingTime } from '../working-time.ts'
import { changedAt } from './mutations.ts'

const all = Object.entries({ ...vectors.requests, ...vectors.responses }).map(
  ([name, vector]) =>
    [
      name,
      Uint8Array.from(Buffer.from(vector, 'base64')),
      name in vectors.requests ? readRequest : readResponse,
    ] as const,
)

/** The fault of a message. `undefined`: it is none. Anything thrown but a fault is an error of ours. */
function faultOf(bytes: Uint8Array, read: (bytes: Uint8Array) => unknown = readRequest): CellFault | undefined {
  try {
    read(bytes)
    return undefined
  } catch (error) {
    if (error instanceof CellFault) return error
    throw error
  }
}

const start = '0c000b009ccf29f33994069b'

function request(write: (writer: ByteWriter) => void): Uint8Array {
  const writer = new ByteWriter()
  writer.bytes(Uint8Array.from(Buffer.from(start, 'hex')))
  write(writer)
  return writer.toBytes()
}

describe('A message that is broken', () => {
  test.each(all)('off anywhere is refused: %s', (_, bytes, read) => {
    for (let length = 0; length < bytes.length; length++) {
      expect(faultOf(bytes.subarray(0, length), read)?.fault.kind, `${length} bytes`).toBe('protocol')
      expect(faultOf(bytes.subarray(0, length), dumpMessage)?.fault.kind, `${length} bytes`).toBe('protocol')
    }
  })

  test.each(all)('in any bit is read or refused: %s', (_, bytes, read) => {
    for (let bit = 0; bit < 8 * bytes.length; bit++) faultOf(changedAt(bytes, bit), read)
  })

  test('into any bytes is read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (tail) => {
        faultOf(request((writer) => writer.bytes(tail)))
        faultOf(
          request((writer) => writer.bytes(tail)),
          dumpMessage,
        )
      }),
    )
  })
})

describe('A message that claims', () => {
  test('gigabytes is refused at once', () => {
    const claims = [(writer: ByteWriter) => writeStart(writer, { type: 0x40, isCompound: true, length: 2 ** 33 })]
    for (const type of [0x02, 0x16, 0x5a, 0x54, 0x1234]) {
      claims.push((writer) => {
        writeStart(writer, { type: 0x40, isCompound: true, length: 0 })
        writeStart(writer, { type, isCompound: false, length: 2 ** 40 })
      })
    }
    for (const claim of claims) expect(faultOf(request(claim))?.fault).toMatchObject({ kind: 'protocol', code: 50 })
  })

  test('many items in few bytes is refused', () => {
    const bytes = request((writer) => {
      const inside = new ByteWriter()
      uint.write(inside, 2 ** 50)
      inside.bytes(new Uint8Array(100))
      writeStart(writer, { type: 0x40, isCompound: true, length: 0 })
      writeStart(writer, { type: 0x54, isCompound: false, length: inside.size })
      writer.append(inside)
    })
    expect(faultOf(bytes)?.fault).toMatchObject({ kind: 'protocol', code: 142 })
  })

  test.each([0x40, 0x10, 0x4d, 0x1d, 0x2222])('objects 10,000 deep is refused: type %d', (type) => {
    const bytes = request((writer) => {
      writeStart(writer, { type: 0x40, isCompound: true, length: 0 })
      for (let depth = 0; depth < 10_000; depth++) {
        writeStart(writer, { type, isCompound: true, length: type === 0x4d ? 16 : 0 })
        if (type === 0x4d) writer.bytes(new Uint8Array(16))
      }
    })
    expect(faultOf(bytes)?.fault).toMatchObject({ kind: 'protocol', code: 144 })
  })

  test('millions of objects is refused with little memory', () => {
    const bytes = request((writer) => {
      writeStart(writer, { type: 0x40, isCompound: true, length: 0 })
      const none = new ByteWriter()
      for (let count = 0; count < 50_000; count++) writeStart(none, { type: 0x3a, isCompound: false, length: 0 })
      for (let count = 0; count < 200; count++) writer.append(none)
    })
    const before = process.memoryUsage().heapUsed
    const begin = workingTime()
    expect(() => readRequest(bytes)).toThrow('more objects than may be read')
    expect(workingTime() - begin).toBeLessThan(10_000)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(128 * 2 ** 20)
  })

  test('another version, or another beginning, is refused', () => {
    const version = (number: number) => {
      const bytes = Uint8Array.from(Buffer.from(vectors.queryAccess, 'base64'))
      bytes[0] = number
      return bytes
    }
    for (const number of [12, 13, 14]) expect(() => readRequest(version(number))).not.toThrow()
    for (const number of [0, 11, 15]) expect(() => readRequest(version(number))).toThrow('IncompatibleProtocolVersion')
    expect(() => readRequest(new Uint8Array(100))).toThrow('InvalidRequest')
    expect(() => readResponse(version(12))).toThrow('StreamObjectUnexpected')
  })
})

/** A request with one sub-request for Put Changes, in which there is `content`. */
const put = (content: string) =>
  request((writer) =>
    writer.bytes(Uint8Array.from(Buffer.from(`060200001602060003 0b00${content}0b010301`.replace(' ', ''), 'hex'))),
  )

describe('What a reader does not know', () => {
  test('is passed over: objects, and all that is nested in them', () => {
    const unknown = 'd005abcd' + 'dc01' + 'dc01' + 'd005abcd' + 'ed' + 'ed'
    const bytes = request((writer) => writer.bytes(Uint8Array.from(Buffer.from(`06020000${unknown}0301`, 'hex'))))
    expect(readRequest(bytes)).toEqual({ version: 12, subRequests: [] })
    expect(dumpMessage(bytes)).toContain('unknown object of type 0x3a, 2 bytes: ab cd')
  })

  const changes = 'd2020600000008'
  const moreFlags = '320404000100'

  test.each([
    ['the end of a partition', `1a042000${'22'.repeat(16)}0f02${changes}`],
    ['a number behind the second flags, before the end', `${changes}${moreFlags}800000000000000200`],
    ['a number behind the second flags, before knowledge', `${changes}${moreFlags}800000000000000200840041`],
    ['a number behind the second flags, before a lock', `${changes}${moreFlags}00${`2a042000${'22'.repeat(16)}`}`],
    ['a longer length than there is', `${changes}5204040001`],
  ])('is passed over: %s', (_, content) => {
    expect(readRequest(put(content)).subRequests).toMatchObject([{ type: 'putChanges', flags: { partial: false } }])
  })

  test('is not what follows the second flags where it belongs there', () => {
    const [subRequest] = readRequest(
      put(`${changes}${moreFlags}2a042000${'22'.repeat(16)}8400415204040001`),
    ).subRequests
    expect(subRequest).toMatchObject({
      lock: '22222222-2222-2222-2222-222222222222',
      more: { returnAppliedStorageIndex: true },
      knowledge: { ranges: [] },
      forcesRevisionChain: true,
    })
  })
})
