import { guidOf } from '../bytes/guid.ts'
import { cellFault } from '../faults/cell-fault.ts'
import type { CellVersion, CellVersions } from '../files/cell-file.ts'
import { versionParts } from '../files/version-number.ts'
import { fileToCells } from '../mapping/file-to-cells.ts'
import { sha256 } from '../mapping/hashes.ts'
import { committed } from './commit.ts'
import { isContent, type PartitionSource, partitionToRead } from './current-partition.ts'
import { emptyPartition, type Partition, type PartitionPlace } from './partition.ts'
import { stateIn } from './version-token.ts'

/** Where states of the file are found that it no longer is in. */
export interface VersionSource extends PartitionSource {
  /** Absent: the present state is the only one. */
  readonly versions?: CellVersions
}

/**
 * The partition in the state that a query asks for: by the two numbers of a version of the file, or by a token. Absent, and
 * two zeros: the present one.
 */
export async function partitionAsked(
  place: PartitionPlace,
  asked: Uint8Array | undefined,
  source: VersionSource,
): Promise<Partition> {
  const present = await partitionToRead(place, source)
  if (!asked || asked.every((byte) => byte === 0)) return present
  const numbers = asked.length === 8 ? numbersIn(asked) : undefined
  const state = numbers ? undefined : stateIn(asked)
  if (!numbers && !state) throw cellFault('InvalidToken', 'this is no token of this server')
  if (state?.serialGuid === present.serialGuid && state.version === present.version) return present
  const listed = isContent(place) ? ((await source.versions?.list()) ?? []) : []
  const index = listed.findIndex((version) =>
    numbers ? isAt(version, numbers) : serialGuidAt(place, version) === state?.serialGuid,
  )
  const found = listed[index]
  if (!found) throw cellFault(numbers ? 'RevisionNotFound' : 'IncompatibleToken', 'this version is not kept')
  return index === 0 ? present : partitionAt(place, found, source)
}

type Numbers = readonly [number, number]

function numbersIn(bytes: Uint8Array): Numbers {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return [view.getUint32(0, true), view.getUint32(4, true)]
}

const isAt = (version: CellVersion, [seconds, rest]: Numbers) => {
  const parts = versionParts(version)
  return parts[0] === seconds && parts[1] === rest
}

/** The GUID of the serial numbers of an earlier version, which is the same whenever it is read. */
const serialGuidAt = ({ file }: PartitionPlace, { version }: CellVersion) =>
  guidOf(sha256([file, 'serials', version]).subarray(0, 16))

/** The cells of an earlier version. They are made anew each time, and come out the same. */
async function partitionAt(place: PartitionPlace, found: CellVersion, source: VersionSource): Promise<Partition> {
  const { versions, maxBytes } = source
  if (found.size > maxBytes) throw cellFault('StorageFailure', `a file of more than ${maxBytes} bytes becomes no cells`)
  const bytes = await versions?.read(found.version)
  if (!bytes) throw cellFault('RevisionNotFound', 'this version is not kept any more')
  const indexGuid = guidOf(sha256([place.file, 'index', found.version]).subarray(0, 16))
  const empty = emptyPartition(serialGuidAt(place, found))
  return committed(empty, fileToCells(place.file, bytes, await source.cut?.(bytes)), () => indexGuid)
}
