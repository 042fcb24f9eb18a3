import fc from 'fast-check'
import {
  type CellObject,
  type CellRequest,
  type CellResponse,
  type DataElement,
  type ElementBody,
  type Fault,
  type Filter,
  type Flags,
  type Knowledge,
  morePutFlags,
  moreQueryFlags,
  putFlags,
  queryFlags,
  resultFlags,
  type SubRequest,
  type SubResponse,
  type SubResult,
} from '../../src/index.ts'
import { cellIds, extendedGuids, guids, serials, uint64s } from '../bytes/arbitraries.ts'

const bytes = fc.uint8Array({ maxLength: 40 })
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 })
const uints = fc.maxSafeNat()
const number32 = fc.nat({ max: 0xffffffff })
const few = <T>(items: fc.Arbitrary<T>) => fc.array(items, { maxLength: 4 })

const flags = <const N extends string>(names: readonly N[]): fc.Arbitrary<Flags<N>> =>
  fc
    .array(fc.boolean(), { minLength: names.length, maxLength: names.length })
    .map((set) => Object.fromEntries(names.map((name, index) => [name, set[index] ?? false])) as Flags<N>)

/** A record of which some fields may be absent, as the types have them. */
const maybe = <T>(name: string, value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined }).map((given) => (given === undefined ? {} : { [name]: given }))

const merged = <T>(...parts: fc.Arbitrary<object>[]): fc.Arbitrary<T> =>
  fc.tuple(...parts).map((given) => Object.assign({}, ...given) as T)

const mapped = { element: extendedGuids, serial: serials }
const kind = <T extends string>(type: T) => fc.constant(type)

const content = fc.oneof(
  fc.record({ kind: kind('bytes'), bytes }),
  fc.record({ kind: kind('blob'), blob: extendedGuids }),
  fc.record({ kind: kind('excluded'), size: uints }),
)

const object = fc.record({
  id: extendedGuids,
  partition: uint64s,
  references: few(extendedGuids),
  cells: few(cellIds),
  content,
})

/** Either all objects of a group say how often they change, or none. */
const objects: fc.Arbitrary<readonly CellObject[]> = fc
  .tuple(few(object), fc.boolean(), uint64s)
  .map(([found, isSaid, frequency]) => found.map((each) => (isSaid ? { ...each, frequency } : each)))

export const bodies: fc.Arbitrary<ElementBody> = fc.oneof(
  merged<ElementBody>(
    fc.record({
      type: kind('storageIndex'),
      cells: few(fc.record({ ...mapped, cell: cellIds })),
      revisions: few(fc.record({ ...mapped, revision: extendedGuids })),
    }),
    maybe('manifest', fc.record(mapped)),
  ),
  fc.record({
    type: kind('storageManifest'),
    schema: guids,
    roots: few(fc.record({ root: extendedGuids, cell: cellIds })),
  }),
  fc.record({ type: kind('cellManifest'), revision: extendedGuids }),
  fc.record({
    type: kind('revisionManifest'),
    revision: extendedGuids,
    base: extendedGuids,
    roots: few(fc.record({ root: extendedGuids, object: extendedGuids })),
    groups: few(extendedGuids),
  }),
  merged<ElementBody>(
    fc.record({ type: kind('objectGroup'), objects }),
    maybe('hash', fc.record({ scheme: uints, bytes })),
  ),
  fc.record({ type: kind('fragment'), element: extendedGuids, size: uints, start: uints, bytes }),
  fc.record({ type: kind('blob'), bytes }),
)

export const elements: fc.Arbitrary<DataElement> = fc.record({ id: extendedGuids, serial: serials, body: bodies })

export const knowledges: fc.Arbitrary<Knowledge> = merged(
  fc.record({
    ranges: few(fc.record({ guid: guids, from: uint64s, to: uint64s })),
    serials: few(fc.record({ guid: guids, value: uint64s })),
    waterlines: few(fc.record({ storage: extendedGuids, waterline: uint64s })),
    fragments: few(
      fc.record({ element: extendedGuids, size: uints, stretch: fc.record({ start: uints, length: uints }) }),
    ),
    contentTags: few(fc.record({ heap: extendedGuids, clock: bytes })),
  }),
  maybe('versionToken', bytes),
)

const filters: fc.Arbitrary<Filter> = merged(
  fc.record({
    match: fc.oneof(
      fc.record({ type: kind('all') }),
      fc.record({ type: kind('storageIndexReferenced') }),
      fc.record({ type: kind('elementType'), element: uints }),
      fc.record({ type: kind('cell'), cell: cellIds }),
      fc.record({ type: kind('custom'), schema: guids, bytes }),
      fc.record({ type: kind('elementIds'), ids: few(extendedGuids) }),
      fc.record({ type: kind('hierarchy'), depth: fc.nat({ max: 255 }), key: bytes }),
    ),
    includes: fc.boolean(),
  }),
  maybe('failsIfUnsupported', fc.boolean()),
)

const optionalAtEnd = fc
  .tuple(bytes, few(text), fc.nat({ max: 255 }), fc.nat({ max: 3 }))
  .map(([contentVersion, authors, reserved, count]) => ({
    ...(count > 0 && { contentVersion }),
    ...(count > 1 && { authors }),
    ...(count > 2 && { reserved }),
  }))

const subRequests: fc.Arbitrary<SubRequest> = merged(
  fc.record({ id: uint64s, priority: uint64s }),
  maybe('partition', guids),
  fc.oneof(
    fc.record({ type: kind('queryAccess') }),
    merged<object>(
      fc.record({ type: kind('queryChanges'), flags: flags(queryFlags), filters: few(filters) }),
      maybe('more', flags(moreQueryFlags)),
      maybe(
        'arguments',
        fc.record({ include: flags(['includeStorageManifest', 'includeCellChanges']), cell: cellIds }),
      ),
      maybe('mostBytes', uint64s),
      maybe('version', bytes),
      maybe('knowledge', knowledges),
    ),
    merged<object>(
      fc.record({ type: kind('putChanges'), index: extendedGuids, expected: extendedGuids, flags: flags(putFlags) }),
      optionalAtEnd,
      maybe('more', flags(morePutFlags)),
      maybe('lock', guids),
      maybe('knowledge', knowledges),
      maybe('forcesRevisionChain', fc.boolean()),
    ),
    merged<object>(fc.record({ type: kind('allocateRange'), count: uint64s }), maybe('reserved', fc.nat({ max: 255 }))),
    fc.record({ type: kind('other'), number: fc.nat({ max: 1000 }).filter((type) => ![1, 2, 5, 11].includes(type)) }),
  ),
)

export const requests: fc.Arbitrary<CellRequest> = merged(
  fc.record({ version: fc.constantFrom(12, 13, 14), subRequests: few(subRequests) }),
  maybe(
    'userAgent',
    merged<object>(
      maybe('guid', guids),
      fc.option(fc.record({ client: text, platform: text }), { nil: {} }),
      maybe('version', number32),
    ),
  ),
  maybe(
    'hashing',
    fc.record({
      scheme: uints,
      flags: flags(['reserved1', 'reserved2', 'hashesInsteadOfData', 'hashesBesideData']),
    }),
  ),
  maybe('roundTrip', flags(['returnVersionToken', 'nonGenericSchema'])),
  maybe('elements', few(elements)),
)

const plainFaults: fc.Arbitrary<Fault> = merged(
  fc.record({ kind: fc.constantFrom('cell', 'protocol', 'win32', 'hresult'), code: number32 }),
  maybe('text', text),
)

const faults: fc.Arbitrary<Fault> = merged(plainFaults, maybe('cause', plainFaults))

const results: fc.Arbitrary<readonly [number, SubResult]> = fc.oneof(
  fc.record({ type: kind('queryAccess'), read: number32, write: number32 }).map((result) => [1, result] as const),
  merged<SubResult>(
    fc.record({
      type: kind('queryChanges'),
      index: extendedGuids,
      flags: flags(resultFlags),
      knowledge: knowledges,
    }),
    maybe('fileHash', fc.record({ type: uints, hash: bytes })),
  ).map((result) => [2, result] as const),
  merged<SubResult>(
    fc.record({ type: kind('putChanges'), knowledge: knowledges }),
    maybe('applied', fc.record({ index: extendedGuids, added: few(extendedGuids) })),
    maybe('forced', fc.boolean()),
  ).map((result) => [5, result] as const),
  fc
    .record({ type: kind('allocateRange'), guid: guids, from: uint64s, to: uint64s })
    .map((result) => [11, result] as const),
  fc.record({ type: kind('other') }).map((result) => [7, result] as const),
)

const subResponses: fc.Arbitrary<SubResponse> = fc
  .tuple(uint64s, results, fc.option(faults))
  .map(([id, [number, result], fault]) => ({ id, number, outcome: fault ?? result }))

export const responses: fc.Arbitrary<CellResponse> = fc.oneof(
  fc.record({ version: fc.constantFrom(12, 13, 14), fault: faults }),
  merged<CellResponse>(
    fc.record({ version: fc.constantFrom(12, 13, 14), subResponses: few(subResponses) }),
    maybe('elements', few(elements)),
  ),
)
