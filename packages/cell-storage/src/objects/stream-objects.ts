import { cellId } from '../bytes/cell-id.ts'
import { uint, uint64 } from '../bytes/compact-uint.ts'
import { extendedGuid } from '../bytes/extended-guid.ts'
import type { Field } from '../bytes/field.ts'
import {
  binaryItem,
  flagsIn,
  listOf,
  optional,
  rest,
  stringItem,
  u8,
  u16,
  u32,
  u64,
  utf8Item,
} from '../bytes/fields.ts'
import { chunkReference, chunkWithBytes } from '../bytes/fragment-field.ts'
import { guid } from '../bytes/guid.ts'
import { serialNumber } from '../bytes/serial-number.ts'
import {
  chainFlags,
  chainResultFlags,
  filterFlags,
  hashingFlags,
  includeFlags,
  morePutFlags,
  moreQueryFlags,
  putFlags,
  queryFlags,
  resultFlags,
  roundTripFlags,
  statusFlags,
} from './flag-names.ts'

/** What a type of stream object holds itself, in its order. */
export type Fields = Readonly<Record<string, Field<never>>>

/** What there is to know about a type of stream object. */
export interface ObjectRow {
  readonly type: number
  /** Other objects are nested in it. */
  readonly isCompound: boolean
  readonly fields: Fields
  /** Known senders write another length than that of what they write: the next object begins behind the fields. */
  readonly isLoose?: true
}

const object = <F>(type: number, fields: F) => ({ type, isCompound: false, fields }) as const
const loose = <F>(type: number, fields: F) => ({ type, isCompound: false, fields, isLoose: true }) as const
const compound = <F>(type: number, fields: F) => ({ type, isCompound: true, fields }) as const

const extendedGuids = listOf(extendedGuid)
const cellIds = listOf(cellId)
const mapping = { element: extendedGuid, serial: serialNumber }

/** The types of stream objects, in the order of their numbers. */
export const streamObjects = {
  dataElement: compound(0x01, { id: extendedGuid, serial: serialNumber, type: uint }),
  blob: object(0x02, { bytes: rest }),
  excludedData: object(0x03, { references: extendedGuids, cells: cellIds, size: uint }),
  waterlineEntry: object(0x04, { storage: extendedGuid, waterline: uint64, reserved: optional(uint64) }),
  blobDeclaration: object(0x05, { object: extendedGuid, blob: extendedGuid, partition: uint64, counts: rest }),
  elementHash: object(0x06, { scheme: uint, hash: binaryItem }),
  storageManifestRoot: object(0x07, { root: extendedGuid, cell: cellId }),
  revisionManifestRoot: object(0x0a, { root: extendedGuid, object: extendedGuid }),
  currentRevision: object(0x0b, { revision: extendedGuid }),
  storageManifestSchema: object(0x0c, { schema: guid }),
  revisionMapping: object(0x0d, { revision: extendedGuid, ...mapping }),
  cellMapping: object(0x0e, { cell: cellId, ...mapping }),
  serialRange: object(0x0f, { guid, from: uint64, to: uint64 }),
  knowledge: compound(0x10, {}),
  manifestMapping: object(0x11, mapping),
  cellKnowledge: compound(0x14, {}),
  elementPackage: compound(0x15, { reserved: u8 }),
  objectData: object(0x16, { references: extendedGuids, cells: cellIds, data: binaryItem }),
  serialEntry: object(0x17, { serial: serialNumber }),
  objectDeclaration: object(0x18, {
    object: extendedGuid,
    partition: uint64,
    size: uint,
    references: uint,
    cells: uint,
  }),
  objectGroupReference: object(0x19, { group: extendedGuid }),
  revisionManifest: object(0x1a, { revision: extendedGuid, base: extendedGuid }),
  blobReference: object(0x1c, { references: extendedGuids, cells: cellIds, blob: extendedGuid }),
  declarations: compound(0x1d, {}),
  groupData: compound(0x1e, {}),
  leafNode: compound(0x1f, {}),
  intermediateNode: compound(0x20, {}),
  signature: object(0x21, { signature: binaryItem }),
  dataSize: object(0x22, { size: u64 }),
  waterlineKnowledge: compound(0x29, {}),
  contentTagKnowledge: compound(0x2d, {}),
  contentTagEntry: object(0x2e, { heap: extendedGuid, clock: binaryItem }),
  dataHash: object(0x2f, { hash: binaryItem }),
  queryVersion: object(0x30, { version: rest }),
  request: compound(0x40, {}),
  subResponse: compound(0x41, { id: uint64, type: uint, status: flagsIn(u8, statusFlags) }),
  subRequest: compound(0x42, { id: uint64, type: uint, priority: uint64 }),
  readAccess: compound(0x43, {}),
  specializedKnowledge: compound(0x44, { guid }),
  writeAccess: compound(0x46, {}),
  filter: compound(0x47, { type: u8, operation: u8 }),
  win32Error: object(0x49, { code: u32 }),
  protocolError: object(0x4b, { code: u32 }),
  error: compound(0x4d, { guid }),
  errorText: object(0x4e, { text: stringItem }),
  userAgentVersion: object(0x4f, { version: u32 }),
  customFilter: object(0x50, { schema: guid, bytes: rest }),
  queryChanges: object(0x51, { flags: flagsIn(u8, queryFlags), more: optional(flagsIn(u8, moreQueryFlags)) }),
  resultError: object(0x52, { code: u32 }),
  elementIdsFilter: object(0x54, { ids: extendedGuids }),
  userAgentGuid: object(0x55, { guid }),
  elementTypeFilter: loose(0x57, { type: uint }),
  queryConstraint: object(0x59, { mostBytes: uint64 }),
  putChanges: object(0x5a, {
    index: extendedGuid,
    expected: extendedGuid,
    flags: flagsIn(u8, putFlags),
    contentVersion: optional(binaryItem),
    authors: optional(listOf(stringItem)),
    reserved: optional(u8),
  }),
  queryArguments: object(0x5b, { include: flagsIn(u8, includeFlags), cell: cellId }),
  cellFilter: object(0x5c, { cell: cellId }),
  userAgent: compound(0x5d, {}),
  queryChangesResponse: object(0x5f, { index: extendedGuid, flags: flagsIn(u8, resultFlags) }),
  hierarchyFilter: object(0x60, { depth: u8, key: binaryItem }),
  response: compound(0x62, { status: flagsIn(u8, statusFlags) }),
  cellError: object(0x66, { code: u32 }),
  filterFlags: object(0x68, { flags: flagsIn(u8, filterFlags) }),
  fragment: object(0x6a, { element: extendedGuid, size: uint, stretch: chunkWithBytes }),
  fragmentKnowledge: compound(0x6b, {}),
  fragmentEntry: object(0x6c, { element: extendedGuid, size: uint, stretch: chunkReference }),
  objectMetadata: object(0x78, { frequency: uint64 }),
  metadataDeclarations: compound(0x79, {}),
  allocateRange: object(0x80, { count: uint64, reserved: optional(u8) }),
  allocatedRange: object(0x81, { guid, from: uint64, to: uint64 }),
  targetPartition: object(0x83, { partition: guid }),
  lockId: object(0x85, { lock: guid }),
  morePutFlags: object(0x86, { flags: flagsIn(u16, morePutFlags) }),
  putChangesResponse: object(0x87, { index: extendedGuid, added: extendedGuids }),
  hashing: object(0x88, { scheme: uint, flags: flagsIn(u8, hashingFlags) }),
  chainResult: object(0x89, { flags: flagsIn(u8, chainResultFlags) }),
  chain: loose(0x8a, { flags: flagsIn(u8, chainFlags) }),
  userAgentClient: object(0x8b, { client: utf8Item, platform: utf8Item }),
  versionToken: object(0x8c, { token: rest }),
  roundTrip: object(0x8d, { flags: flagsIn(u8, roundTripFlags) }),
  fileHash: object(0x8e, { type: uint, hash: binaryItem }),
} as const

/** The names of the types of stream objects. */
export type ObjectName = keyof typeof streamObjects

/** What an object of one type holds itself. */
export type ObjectValues<N extends ObjectName> = {
  readonly [F in keyof (typeof streamObjects)[N]['fields']]: (typeof streamObjects)[N]['fields'][F] extends Field<
    infer T
  >
    ? T
    : never
}
