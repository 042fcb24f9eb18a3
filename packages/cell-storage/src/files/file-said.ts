import { extendedGuidOf } from '../bytes/extended-guid.ts'
import type { Attributes } from '../envelope/envelope.ts'
import type { CellStore } from '../store/cell-store.ts'
import { emptyPartition, type Partition } from '../store/partition.ts'

/** What clients have said of a file with what they have put. */
export interface FileSaid {
  /** What a client calls the change that it has made. */
  readonly contentChangeUnit?: string
  /** What a client calls the file. */
  readonly clientFileId?: string
  /** When the content of a version was changed, in 100 nanoseconds since 1601. */
  readonly modified?: { readonly version: string; readonly ticks: string }
}

/** Where it is found, and what makes GUIDs that nobody else has. */
export interface SaidPlace {
  readonly store: CellStore
  /** The id of the file. */
  readonly file: string
  readonly newGuid: () => string
}

/** Clients name partitions by GUIDs, so none of them gets at this one. */
const partition = 'said'
/** Characters of what a client may say. */
const longest = 1024
/** Times are numbers of 64 bits with a sign. */
const lastTicks = 2n ** 63n - 1n
/** How often somebody else may be faster. */
const mostTries = 20

/** What is wrong with what is said with a put. `undefined`: nothing. */
export function wrongInSaid({ ContentChangeUnit = '', ClientFileID = '', LastModifiedTime }: Attributes) {
  if (ContentChangeUnit.length > longest) return `ContentChangeUnit has more than ${longest} characters.`
  if (ClientFileID.length > longest) return `ClientFileID has more than ${longest} characters.`
  if (LastModifiedTime === undefined || LastModifiedTime === '') return undefined
  const isTime = /^\d{1,19}$/.test(LastModifiedTime) && BigInt(LastModifiedTime) <= lastTicks
  return isTime ? undefined : 'LastModifiedTime is no time in 100 nanoseconds since 1601.'
}

/** What is kept of a file. */
export async function readSaid({ store, file }: Pick<SaidPlace, 'store' | 'file'>): Promise<FileSaid> {
  return saidIn(await store.read({ file, partition }))
}

/**
 * Keeps what is said with a put that has become `version`, and returns that. What is not said again stays, but for the
 * time, which is that of one version.
 */
export async function keepSaid(place: SaidPlace, attributes: Attributes, version: string): Promise<FileSaid> {
  const { store, file } = place
  const said = given(attributes, version)
  if (Object.keys(said).length === 0) return said
  for (let tries = 0; tries < mostTries; tries++) {
    const before = await store.read({ file, partition })
    const { modified: _, ...kept } = saidIn(before)
    const next = partitionOf({ ...kept, ...said }, before, place)
    if (await store.swap({ file, partition }, before, next)) return said
  }
  throw new Error('others say something of the file all the time')
}

const given = ({ ContentChangeUnit, ClientFileID, LastModifiedTime }: Attributes, version: string): FileSaid => ({
  ...(ContentChangeUnit && { contentChangeUnit: ContentChangeUnit }),
  ...(ClientFileID && { clientFileId: ClientFileID }),
  ...(LastModifiedTime && { modified: { version, ticks: LastModifiedTime } }),
})

/** It is kept as stores keep everything: as an element. */
function partitionOf(said: FileSaid, before: Partition | undefined, { newGuid }: SaidPlace): Partition {
  const id = extendedGuidOf(newGuid(), 1)
  const bytes = new TextEncoder().encode(JSON.stringify(said))
  return {
    ...emptyPartition(newGuid()),
    version: (before?.version ?? 0) + 1,
    elements: new Map([[id, { id, serial: undefined, body: { type: 'blob', bytes } }]]),
  }
}

function saidIn(kept: Partition | undefined): FileSaid {
  const [element] = kept?.elements.values() ?? []
  return element?.body.type === 'blob' ? JSON.parse(new TextDecoder().decode(element.body.bytes)) : {}
}
