import { json } from '../bodies.ts'
import { type Format, integer, lockId, lockTimeout, text } from '../formats.ts'
import { header, optional } from '../parts.ts'
import type { Operation } from './operation.ts'

const docs = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/plus'

/** `Coauth` is held by any number of clients at once; the one that holds `CoauthExclusive` alone may write. */
export type CoauthLockType = 'Coauth' | 'CoauthExclusive'

/** A row of the table that says which clients have a file open together. */
export interface CoauthTableRow {
  readonly CoauthLockId: string
  readonly CoauthLockMetadata: string
  readonly CoauthLockType: CoauthLockType
  readonly UserFriendlyName: string
  /** When it was taken first, in milliseconds since the epoch. */
  readonly CoauthLockTime: number
}

/** The most bytes that a client may say of itself. */
export const longestCoauthMetadata = 4096

const lockType: Format<CoauthLockType> = {
  name: 'Coauth | CoauthExclusive',
  decode(raw) {
    if (raw !== 'Coauth' && raw !== 'CoauthExclusive') throw new SyntaxError('neither Coauth nor CoauthExclusive')
    return raw
  },
  encode: String,
}

const isShort = (value: string) => new TextEncoder().encode(value).byteLength <= longestCoauthMetadata

const metadata: Format<string> = {
  name: 'text of at most 4 KiB',
  decode(raw) {
    if (!isShort(raw)) throw new SyntaxError(`longer than ${longestCoauthMetadata} bytes`)
    return raw
  },
  encode: text.encode,
}

const id = header('X-WOPI-CoauthLockId', lockId)
const held = {
  expiresIn: header('X-WOPI-CoauthLockExpirationTimeout', lockTimeout),
  metadata: optional(header('X-WOPI-CoauthLockMetadata', metadata)),
  /** Counts instead of the header. */
  body: optional(
    json<{ CoauthLockMetadata?: string }>(
      ({ CoauthLockMetadata: said }) => said === undefined || (typeof said === 'string' && isShort(said)),
    ),
  ),
} as const
const tableVersion = header('X-WOPI-CoauthTableVersion', text)
const table = json<{ CoauthTable: readonly CoauthTableRow[] }>()

/** The operations by which several clients have a file open together. */
// biome-ignore format: a row reads as a row
export const coauth = {
  getCoauthLock: {
    on: 'file', method: 'POST', override: 'GET_COAUTH_LOCK', needs: 'write', promisedBy: 'SupportsCoauth',
    request: { id, type: header('X-WOPI-CoauthLockType', lockType), ...held },
    response: { tableVersion, table },
    fails: ['CoauthConflict'],
    spec: `${docs}/getcoauthlock`,
  },
  refreshCoauthLock: {
    on: 'file', method: 'POST', override: 'REFRESH_COAUTH_LOCK', needs: 'write', promisedBy: 'SupportsCoauth',
    request: { id, ...held },
    response: { tableVersion, table },
    fails: ['CoauthConflict'],
    spec: `${docs}/refreshcoauthlock`,
  },
  unlockCoauthLock: {
    on: 'file', method: 'POST', override: 'UNLOCK_COAUTH_LOCK', needs: 'write', promisedBy: 'SupportsCoauth',
    request: { id },
    response: {},
    fails: ['CoauthConflict'],
    spec: `${docs}/unlockcoauthlock`,
  },
  getCoauthTable: {
    on: 'file', method: 'POST', override: 'GET_COAUTH_TABLE', needs: 'read', promisedBy: 'SupportsCoauth',
    request: { known: optional(tableVersion) },
    response: { tableVersion, table: optional(table) },
    fails: [],
    spec: `${docs}/getcoauthtable`,
  },
  getSequenceNumber: {
    on: 'file', method: 'POST', override: 'GET_SEQUENCE_NUMBER', needs: 'read', promisedBy: 'SupportsCoauth',
    request: {},
    response: { sequenceNumber: header('X-WOPI-SequenceNumber', integer) },
    fails: [],
    spec: `${docs}/getsequencenumber`,
  },
} as const satisfies Record<string, Operation>
