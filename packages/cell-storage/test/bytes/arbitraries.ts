import fc from 'fast-check'
import { type CellId, cellIdOf } from '../../src/bytes/cell-id.ts'
import { type ExtendedGuid, extendedGuidOf, nullExtendedGuid } from '../../src/bytes/extended-guid.ts'
import type { SerialNumber } from '../../src/bytes/serial-number.ts'

export const uint64s = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.nat({ max: 63 }).chain((bits) => fc.constantFrom(1n << BigInt(bits), (1n << BigInt(bits)) - 1n)),
)

export const guids = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
)

export const extendedGuids: fc.Arbitrary<ExtendedGuid> = fc.oneof(
  fc.constant(nullExtendedGuid),
  fc
    .tuple(guids, fc.oneof(fc.nat({ max: 0x1f }), fc.nat({ max: 0x3ff }), fc.nat({ max: 0x1ffff }), fc.nat()))
    .map(([guid, value]) => extendedGuidOf(guid, value)),
)

export const cellIds: fc.Arbitrary<CellId> = fc
  .tuple(extendedGuids, extendedGuids)
  .map(([first, second]) => cellIdOf(first, second))

export const serials: fc.Arbitrary<SerialNumber | undefined> = fc.option(fc.record({ guid: guids, value: uint64s }), {
  nil: undefined,
})
