import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64, toBase64 } from '../../src/cells/binary/base64.ts'
import { ByteReader } from '../../src/cells/binary/byte-reader.ts'
import { compact, extendedGuid, serialNumber } from '../../src/cells/binary/fields.ts'
import { objectTypes } from '../../src/cells/binary/object-types.ts'
import { type Piece, whole } from '../../src/cells/binary/piece.ts'
import { readElement } from '../../src/cells/binary/read-element.ts'
import { readResponse } from '../../src/cells/binary/read-response.ts'
import { type StreamObject, streamObject, streamObjectsOf } from '../../src/cells/binary/stream-object.ts'
import { type SentBody, writeElement } from '../../src/cells/binary/write-element.ts'
import { type Question, writeRequest } from '../../src/cells/binary/write-request.ts'
import { fileInCells } from '../../src/cells/file/file-in-cells.ts'
import { nothingKnown, withAnswer } from '../../src/cells/file/known-cells.ts'
import { BadAnswer } from '../../src/index.ts'
import * as vectors from './vectors.ts'

const hex = (piece: Piece) => Buffer.from(whole(piece)).toString('hex')
const bytes = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'))
const guid = '11111111-2222-3333-4444-555555555555'

/** Who the vectors of requests say that they come from. */
const agent = { guid: 'e731b87e-dd45-44aa-ab80-0c75fbd1530e', version: 0x0fa12994 }
const request = (question: Question, id: number) =>
  Buffer.from(writeRequest(question, { agent, id })).toString('base64')

/** A stream object written anew from what was read of it. */
const rewritten = ({ type, content, nested, bytes: all }: StreamObject): Piece =>
  streamObject(type, content, isCompound(all) ? nested.map(rewritten) : undefined)
const isCompound = ([first = 0]: Uint8Array) => (first & 4) !== 0

describe('Fields', () => {
  test('numbers take the shortest form, as the specification has them', () => {
    expect([0, 1, 5, 127, 128, 902, 1000].map((value) => hex(compact(value)))).toEqual([
      ...['00', '03', '0b', 'ff', '0202', '1a0e', 'a20f'],
    ])
  })

  test('what is written is read again', () => {
    const value = fc.oneof(fc.nat(), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }))
    const number = fc.oneof(fc.nat(0x3ff), fc.nat(0x1ffff), fc.integer({ min: 0, max: 2 ** 32 - 1 }))
    fc.assert(
      fc.property(value, number, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (count, n, serial) => {
        const reader = new ByteReader(
          whole([
            compact(count),
            extendedGuid(`${guid}:${n}`),
            serialNumber({ guid, value: serial }),
            extendedGuid(''),
          ]),
        )
        expect(reader.compact()).toBe(count)
        expect(reader.extendedGuid()).toBe(`${guid}:${n}`)
        expect(reader.serialNumber()).toEqual({ guid, value: serial })
        expect(reader.extendedGuid()).toBe('')
        expect(reader.isAtEnd).toBe(true)
      }),
    )
  })

  test('base64 is what it is everywhere', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (any) => {
        expect(toBase64(any)).toBe(Buffer.from(any).toString('base64'))
        expect(fromBase64(`\n${toBase64(any)} `)).toEqual(any)
      }),
    )
    expect(() => fromBase64('not*base64')).toThrow(SyntaxError)
  })
})

describe('Requests', () => {
  test('Query Changes, Query Access and Allocate Extended GUID Range are what another implementation writes', () => {
    expect(request({ ask: 'changes' }, 1)).toBe(vectors.queryChanges)
    expect(request({ ask: 'access' }, 2)).toBe(vectors.queryAccess)
    expect(request({ ask: 'range', count: 1000 }, 4)).toBe(vectors.allocateRange)
  })

  test('each element of a put that another implementation wrote is read, and written the same', () => {
    const put = bytes(vectors.putChanges)
    const [all] = streamObjectsOf(put.subarray(12))
    const elements = all?.nested.find(({ type }) => type === objectTypes.dataElementPackage)?.nested ?? []
    expect(elements.length).toBe(6)
    for (const element of elements) {
      const read = readElement(element)
      const written = whole(writeElement({ ...read, body: read.body as SentBody }))
      // It declares other sizes and counts of objects than it sends; what it sends is the same.
      if (read.body.is === 'group') expect(streamObjectsOf(written).map(readElement)).toEqual([read])
      else expect(hex(written)).toBe(hex(element.bytes))
    }
  })
})

describe('Stream objects', () => {
  test.each(Object.entries(vectors))('%s is read, and written the same', (_, vector) => {
    const message = bytes(vector)
    const objects = streamObjectsOf(message.subarray(12))
    expect(hex(objects.map(rewritten))).toBe(hex(message.subarray(12)))
  })

  test('a message cut off anywhere, or with any bit another, ends in a file or in BadAnswer', () => {
    const read = (message: Uint8Array) => {
      try {
        return fileInCells(withAnswer(nothingKnown, readResponse(message))) ? 'file' : 'none'
      } catch (error) {
        return error instanceof BadAnswer ? 'bad' : error
      }
    }
    const message = bytes(vectors.fileAnswer)
    const cutOff = Array.from(message, (_, end) => read(message.subarray(0, end)))
    expect(new Set(cutOff)).toEqual(new Set(['bad']))
    const flipped = Array.from({ length: message.byteLength * 8 }, (_, bit) => {
      const other = message.slice()
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      return read(other)
    })
    expect([...new Set(flipped)].sort()).toEqual(['bad', 'file', 'none'])
  })

  test('lengths, numbers and depths that cannot be are refused before anything is made of them', () => {
    const bad = (message: number[]) => expect(() => streamObjectsOf(Uint8Array.from(message))).toThrow(BadAnswer)
    bad([0x02, 0x00, 0xfe, 0xff, 0x80, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])
    bad(Array.from({ length: 10_000 }, (_, at) => (at % 2 === 0 ? 0x84 : 0x00)))
  })
})

describe('Answers', () => {
  test('the file in the answer of another implementation is found', () => {
    const file = fileInCells(withAnswer(nothingKnown, readResponse(bytes(vectors.fileAnswer))))
    expect(file?.chunks.map((chunk) => Buffer.from(chunk.bytes).toString())).toEqual(['Hello, cell storage!'])
  })
})
