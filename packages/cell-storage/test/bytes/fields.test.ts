import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ByteReader } from '../../src/bytes/byte-reader.ts'
import { ByteWriter } from '../../src/bytes/byte-writer.ts'
import { cellId, nullCellId } from '../../src/bytes/cell-id.ts'
import { uint, uint64 } from '../../src/bytes/compact-uint.ts'
import { extendedGuid, extendedGuidOf, nullExtendedGuid } from '../../src/bytes/extended-guid.ts'
import type { Field } from '../../src/bytes/field.ts'
import { binaryItem, listOf, stringItem, u8, utf8Item } from '../../src/bytes/fields.ts'
import { chunkWithBytes } from '../../src/bytes/fragment-field.ts'
import { guid } from '../../src/bytes/guid.ts'
import { readHeader, writeEnd, writeStart } from '../../src/bytes/object-header.ts'
import { serialNumber } from '../../src/bytes/serial-number.ts'
import { CellFault } from '../../src/faults/cell-fault.ts'
import { cellIds, extendedGuids, guids, serials, uint64s } from './arbitraries.ts'

function written<T>(field: Field<T>, value: T): Uint8Array {
  const writer = new ByteWriter()
  field.write(writer, value)
  return writer.toBytes()
}

const readerOf = (bytes: Uint8Array) => new ByteReader(bytes, 1000)
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const fromHex = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))

/** That what is written is read as it was, to its last byte, and that no shorter part of it is taken for whole. */
function comesBack<T>(field: Field<T>, value: T): void {
  const bytes = written(field, value)
  const reader = readerOf(bytes)
  expect(field.read(reader)).toEqual(value)
  expect(reader.left).toBe(0)
  for (let length = 0; length < bytes.length; length++) {
    expect(() => field.read(readerOf(bytes.subarray(0, length))), `${length} bytes`).toThrow(CellFault)
  }
}

describe('A compact unsigned integer', () => {
  test.each([
    [0n, '00'],
    [1n, '03'],
    [5n, '0b'],
    [127n, 'ff'],
    [128n, '0202'],
    [902n, '1a0e'],
    [1000n, 'a20f'],
    [0x3fffn, 'feff'],
    [0x4000n, '040002'],
    [0x1fffffn, 'fcffff'],
    [0x200000n, '08000002'],
    [0xfffffffn, 'f8ffffff'],
    [0x10000000n, '1000000002'],
    [0x7ffffffffn, 'f0ffffffff'],
    [0x800000000n, '200000000002'],
    [0x3ffffffffffn, 'e0ffffffffff'],
    [0x40000000000n, '40000000000002'],
    [0x1ffffffffffffn, 'c0ffffffffffff'],
    [0x2000000000000n, '800000000000000200'],
    [2n ** 64n - 1n, '80ffffffffffffffff'],
  ])('of %d is %s', (value, hex) => {
    expect(hexOf(written(uint64, value))).toBe(hex)
    expect(uint64.read(readerOf(fromHex(hex)))).toBe(value)
  })

  test('comes back as it was', () => {
    fc.assert(fc.property(uint64s, (value) => comesBack(uint64, value)))
    fc.assert(fc.property(fc.maxSafeNat(), (value) => comesBack(uint, value)))
  })

  test.each(['0600', '0c000000', '800500000000000000'])('is read in a longer form than it needs: %s', (hex) => {
    const reader = readerOf(fromHex(hex.padEnd(18, '0')))
    expect(uint64.read(reader)).toBeLessThan(6n)
  })

  test('that counts something is not larger than anything that can be counted', () => {
    expect(() => uint.read(readerOf(fromHex('80ffffffffffffffff')))).toThrow(CellFault)
  })

  test('is not written when it is none', () => {
    for (const value of [-1n, 2n ** 64n]) expect(() => written(uint64, value)).toThrow(RangeError)
  })
})

const id = '84defab9-aaa3-4a0d-a3a8-520c77ac7073'
const idHex = 'b9fade84a3aa0d4aa3a8520c77ac7073'

describe('An extended GUID', () => {
  test.each([
    [1, '0c'],
    [2, '14'],
    [3, '1c'],
    [0, '04'],
    [0x1f, 'fc'],
    [0x20, '2008'],
    [0x3ff, 'e0ff'],
    [0x400, '400002'],
    [0x401, 'c00002'],
    [0x1ffff, 'c0ffff'],
    [0x20000, '8000000200'],
    [0xffffffff, '80ffffffff'],
  ])('with the number %d begins with %s', (value, hex) => {
    const bytes = written(extendedGuid, extendedGuidOf(id, value))
    expect(hexOf(bytes)).toBe(hex + idHex)
    expect(extendedGuid.read(readerOf(bytes))).toBe(`${id}:${value}`)
  })

  test('that is null is one byte', () => {
    expect(hexOf(written(extendedGuid, nullExtendedGuid))).toBe('00')
    expect(hexOf(written(cellId, nullCellId))).toBe('0000')
  })

  test('comes back as it was, in a cell ID too', () => {
    fc.assert(fc.property(extendedGuids, (value) => comesBack(extendedGuid, value)))
    fc.assert(fc.property(cellIds, (value) => comesBack(cellId, value)))
  })

  test('begins with no other byte than its five forms do', () => {
    for (let first = 0; first < 256; first++) {
      const bytes = new Uint8Array(32).fill(7)
      bytes[0] = first
      const isForm = first === 0 || first === 128 || (first & 7) === 4 || (first & 63) === 32 || (first & 127) === 64
      const read = () => extendedGuid.read(readerOf(bytes))
      if (isForm) expect(read, String(first)).not.toThrow()
      else expect(read, String(first)).toThrow(CellFault)
    }
  })

  test('is not written when its number has more than 32 bits, or its GUID is none', () => {
    for (const value of [`${id}:4294967296`, `${id}:-1`, `${id}:x`, 'abc:1'] as const) {
      expect(() => written(extendedGuid, value as never), value).toThrow(RangeError)
    }
  })
})

describe('Other values', () => {
  test('come back as they were', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 })
    fc.assert(fc.property(guids, (value) => comesBack(guid, value)))
    fc.assert(fc.property(serials, (value) => comesBack(serialNumber, value)))
    fc.assert(fc.property(fc.uint8Array(), (value) => comesBack(binaryItem, value)))
    fc.assert(fc.property(text, (value) => comesBack(stringItem, value)))
    fc.assert(fc.property(text, (value) => comesBack(utf8Item, value)))
    fc.assert(fc.property(fc.array(extendedGuids, { maxLength: 5 }), (value) => comesBack(listOf(extendedGuid), value)))
  })

  test('of a fragment are read with their number before them and without', () => {
    const plain = written(chunkWithBytes, { start: 5, bytes: fromHex('0a0b0c') })
    expect(hexOf(plain)).toBe('0b070a0b0c')
    const counted = fromHex('0b07070a0b0c')
    for (const bytes of [plain, counted]) {
      expect(chunkWithBytes.read(readerOf(bytes))).toEqual({ start: 5, bytes: fromHex('0a0b0c') })
    }
  })

  test('of a serial number begin with one of two bytes', () => {
    for (let first = 0; first < 256; first++) {
      const read = () => serialNumber.read(readerOf(new Uint8Array([first, ...new Uint8Array(24)])))
      if (first === 0 || first === 128) expect(read).not.toThrow()
      else expect(read, String(first)).toThrow(CellFault)
    }
  })

  test('that claim to be many are refused before there is room for them', () => {
    for (const count of ['80ffffffffffff1f00', 'c0ffffffffffff', 'f8ffffff']) {
      expect(() => listOf(u8).read(readerOf(fromHex(count)))).toThrow(CellFault)
      expect(() => binaryItem.read(readerOf(fromHex(count)))).toThrow(CellFault)
      expect(() => stringItem.read(readerOf(fromHex(count)))).toThrow(CellFault)
    }
  })

  test('are counted, so that few bytes do not become many values', () => {
    const many = new Uint8Array(2000)
    const writer = new ByteWriter()
    uint.write(writer, 1001)
    writer.bytes(many)
    expect(() => listOf(u8).read(readerOf(writer.toBytes()))).toThrow('more objects than may be read')
  })
})

describe('The header of a stream object', () => {
  test.each([
    ['ac02', { isEnd: false, type: 0x15, isCompound: true, length: 1 }],
    ['16030200', { isEnd: false, type: 0x62, isCompound: true, length: 1 }],
    ['06020000', { isEnd: false, type: 0x40, isCompound: true, length: 0 }],
    ['55', { isEnd: true, type: 0x15 }],
    ['8b01', { isEnd: true, type: 0x62 }],
  ])('%s is read', (hex, header) => {
    expect(readHeader(readerOf(Buffer.concat([fromHex(hex), Buffer.alloc(100)])))).toEqual(header)
  })

  test('comes back as it was, in the shortest form', () => {
    const types = fc.oneof(fc.nat({ max: 0x3f }), fc.nat({ max: 0x3fff }))
    const lengths = fc.constantFrom(0, 1, 127, 128, 32766, 32767, 32768, 70_000)
    fc.assert(
      fc.property(types, lengths, fc.boolean(), (type, length, isCompound) => {
        const writer = new ByteWriter()
        writeStart(writer, { type, isCompound, length })
        expect(writer.size).toBe(type <= 0x3f && length <= 127 ? 2 : length < 32767 ? 4 : 7)
        writer.bytes(new Uint8Array(length))
        expect(readHeader(readerOf(writer.toBytes()))).toEqual({ isEnd: false, type, isCompound, length })
      }),
    )
    fc.assert(
      fc.property(types, (type) => {
        const writer = new ByteWriter()
        writeEnd(writer, type)
        expect(writer.size).toBe(type <= 0x3f ? 1 : 2)
        expect(readHeader(readerOf(writer.toBytes()))).toEqual({ isEnd: true, type })
      }),
    )
  })

  test('that claims more bytes than follow is refused', () => {
    expect(() => readHeader(readerOf(fromHex('0600feff80ffffffff00000000')))).toThrow(CellFault)
  })
})
