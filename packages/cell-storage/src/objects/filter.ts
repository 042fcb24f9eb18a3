import { ByteReader } from '../bytes/byte-reader.ts'
import type { CellId } from '../bytes/cell-id.ts'
import { type ExtendedGuid, extendedGuidOf } from '../bytes/extended-guid.ts'
import { guidBytes, guidOf } from '../bytes/guid.ts'
import { cellFault, protocolFault } from '../faults/cell-fault.ts'
import { findObject, needObject, type ObjectNamed, type StreamObject, streamObject } from './stream-object.ts'

/** Which elements a filter matches. */
export type Match =
  | { readonly type: 'all' }
  | { readonly type: 'elementType'; readonly element: number }
  | { readonly type: 'storageIndexReferenced' }
  | { readonly type: 'cell'; readonly cell: CellId }
  | { readonly type: 'custom'; readonly schema: string; readonly bytes: Uint8Array }
  | { readonly type: 'elementIds'; readonly ids: readonly ExtendedGuid[] }
  | { readonly type: 'hierarchy'; readonly depth: number; readonly key: Uint8Array }

/** A step by which Query Changes chooses what to send: the last filter that matches an element decides. */
export interface Filter {
  readonly match: Match
  /** Whether what matches is sent, or kept back. */
  readonly includes: boolean
  /** Whether Query Changes is to fail where the filter is not supported. */
  readonly failsIfUnsupported?: boolean
}

/** The types of filters, with the numbers of the wire. */
export const filterTypes = {
  all: 1,
  elementType: 2,
  storageIndexReferenced: 3,
  cell: 4,
  custom: 5,
  elementIds: 6,
  hierarchy: 7,
} as const

type Objects = readonly StreamObject[]

const matches: { readonly [T in Match['type']]: (objects: Objects) => Extract<Match, { type: T }> } = {
  all: () => ({ type: 'all' }),
  elementType: (objects) => ({
    type: 'elementType',
    element: needObject(objects, 'elementTypeFilter').values.type,
  }),
  storageIndexReferenced: () => ({ type: 'storageIndexReferenced' }),
  cell: (objects) => ({ type: 'cell', cell: needObject(objects, 'cellFilter').values.cell }),
  custom: (objects) => {
    const values = findObject(objects, 'customFilter')?.values
    return { type: 'custom', schema: values?.schema ?? '', bytes: values?.bytes ?? new Uint8Array() }
  },
  elementIds: (objects) => ({ type: 'elementIds', ids: needObject(objects, 'elementIdsFilter').values.ids }),
  hierarchy: (objects) => ({ type: 'hierarchy', ...needObject(objects, 'hierarchyFilter').values }),
}

/** The filter that an object is, without the flags that may follow it. */
export function readFilter({ values, children }: ObjectNamed<'filter'>): Filter {
  const type = (Object.keys(filterTypes) as Match['type'][]).find((name) => filterTypes[name] === values.type)
  if (!type) throw cellFault('UnknownFilter', `there is no filter of type ${values.type}`)
  if (values.operation > 1) throw protocolFault('StreamObjectInvalid', `a filter has operation ${values.operation}`)
  return { match: matches[type](children), includes: values.operation === 1 }
}

function matchObjects(match: Match): StreamObject[] {
  switch (match.type) {
    case 'all':
    case 'storageIndexReferenced':
      return []
    case 'elementType':
      return [streamObject('elementTypeFilter', { type: match.element })]
    case 'cell':
      return [streamObject('cellFilter', { cell: match.cell })]
    case 'custom':
      return [streamObject('customFilter', { schema: match.schema, bytes: match.bytes })]
    case 'elementIds':
      return [streamObject('elementIdsFilter', { ids: match.ids })]
    case 'hierarchy':
      return [streamObject('hierarchyFilter', { depth: match.depth, key: match.key })]
  }
}

/** The objects that a filter is. */
export const filterObjects = ({ match, includes, failsIfUnsupported }: Filter): StreamObject[] => [
  streamObject('filter', { type: filterTypes[match.type], operation: includes ? 1 : 0 }, matchObjects(match)),
  ...(failsIfUnsupported === undefined
    ? []
    : [streamObject('filterFlags', { flags: { failIfUnsupported: failsIfUnsupported } })]),
]

const keyPart = 20

/** The extended GUIDs in the key of a hierarchy filter. `undefined`: it is no key of an index. */
export function idsInKey(key: Uint8Array): readonly ExtendedGuid[] | undefined {
  if (key.length !== keyPart && key.length !== 2 * keyPart) return undefined
  const reader = new ByteReader(key, 2)
  return Array.from({ length: key.length / keyPart }, () => extendedGuidOf(guidOf(reader.take(16)), reader.u32()))
}

/** The key of a hierarchy filter for these extended GUIDs: two for a cell, one for a revision. */
export function keyOf(ids: readonly ExtendedGuid[]): Uint8Array {
  const key = new Uint8Array(keyPart * ids.length)
  const view = new DataView(key.buffer)
  for (const [index, id] of ids.entries()) {
    const colon = id.indexOf(':')
    key.set(guidBytes(id.slice(0, colon)), keyPart * index)
    view.setUint32(keyPart * index + 16, Number(id.slice(colon + 1)), true)
  }
  return key
}
