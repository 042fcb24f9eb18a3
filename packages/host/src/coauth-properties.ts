import type { CheckFileInfo } from '@openwopi/protocol'
import type { Grant, StoredFile } from './ports.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** What a client of CSPP Plus must be told all of, or it takes co-authoring for absent. */
const together = [
  'SupportsCoauth',
  'SequenceNumber',
  'OfficeCollaborationServiceEndpointUrl',
  'RealTimeChannelEndpointUrl',
  'AccessTokenExpiry',
  'ServerTime',
  'SharingStatus',
  'FileGeoLocationCode',
] as const satisfies readonly (keyof CheckFileInfo)[]

/** What co-authoring cannot do without. */
const needed = [
  'SupportsLocks',
  'SupportsUpdate',
  'SupportsUserInfo',
] as const satisfies readonly (keyof CheckFileInfo)[]

const carriedInPieces = [
  'SupportsChunkedFileTransfer',
  'SupportsResumableFileTransfer',
] as const satisfies readonly (keyof CheckFileInfo)[]

const allOfIt = [...together, ...carriedInPieces]
const mustBeSaid = [...together, ...needed]

/** What the host itself knows of co-authoring. Where clients of the file meet, and who has it, is for others to say. */
export function aboutCoauth(
  info: Writable<CheckFileInfo>,
  { sequenceNumber }: StoredFile,
  { expiresAt, now }: Pick<Grant, 'expiresAt'> & { readonly now: number },
): void {
  info.SequenceNumber = sequenceNumber
  info.AccessTokenExpiry = expiresAt
  info.ServerTime = now
  info.SupportsChunkedFileTransfer = true
}

/** Takes back all that is said of co-authoring unless everything is said that a client has to know. */
export function allOrNothing(info: Writable<CheckFileInfo>): void {
  if (saysNothing(info) || mustBeSaid.every((name) => info[name])) return
  for (const name of allOfIt) if (info[name] !== undefined) info[name] = undefined
}

/** Every call asks this: to look for properties by names that are written out costs a tenth of looking for them in a loop. */
const saysNothing = (info: CheckFileInfo): boolean =>
  info.SupportsCoauth === undefined &&
  info.SequenceNumber === undefined &&
  info.OfficeCollaborationServiceEndpointUrl === undefined &&
  info.RealTimeChannelEndpointUrl === undefined &&
  info.AccessTokenExpiry === undefined &&
  info.ServerTime === undefined &&
  info.SharingStatus === undefined &&
  info.FileGeoLocationCode === undefined &&
  info.SupportsChunkedFileTransfer === undefined &&
  info.SupportsResumableFileTransfer === undefined
