import type { EditorsTables } from '../editors/editors-table.ts'
import { cellFault, resultFault } from '../faults/cell-fault.ts'
import { partitions } from '../known-guids.ts'
import { editorsToCells } from '../mapping/editors-to-cells.ts'
import { committed } from './commit.ts'
import { type ContentSource, contentPartition } from './content-partition.ts'
import { emptyPartition, type Partition, type PartitionPlace } from './partition.ts'
import type { Work } from './work.ts'

/** Where partitions are found. That of the content of the file is found as `ContentSource` says. */
export interface PartitionSource extends ContentSource {
  /** Who has the file open, which has a partition of its own. Absent: clients keep that partition themselves. */
  readonly editors?: EditorsTables
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** How much may still be looked at. Absent: there is no end to it. */
  readonly work?: Work
}

/** How often somebody else may be faster. */
export const mostTries = 5

/** Whether a partition is that of the content of a file. */
export const isContent = ({ partition }: PartitionPlace): boolean => partition === partitions.content

/**
 * A partition as it is now. That of the content is what the file is: where that has changed by other ways, its cells are
 * made anew, and those that stay the same are kept. `undefined`: nothing was ever put there, or there is no file.
 */
export async function currentPartition(place: PartitionPlace, source: PartitionSource): Promise<Partition | undefined> {
  const isTable = isEditorsTable(place) && source.editors !== undefined
  if (!isContent(place) && !isTable) return source.store.read(place)
  for (let tries = 0; tries < mostTries; tries++) {
    const found = isTable ? await editorsPartition(place, source) : await contentPartition(place, source)
    if (found !== 'changed') return found
  }
  throw cellFault('StoreBusy', 'the file changes all the time')
}

/** Whether a partition is that of the table of editors. */
export const isEditorsTable = ({ partition }: PartitionPlace): boolean => partition === partitions.editorsTable

async function editorsPartition(
  place: PartitionPlace,
  { store, editors, newGuid, now }: PartitionSource,
): Promise<Partition | undefined | 'changed'> {
  const instant = now()
  const present = ((await editors?.read(place.file)) ?? []).filter(({ expiresAt }) => expiresAt > instant)
  const { source, ...commit } = editorsToCells(place.file, present)
  const stored = await store.read(place)
  if (stored?.source === source) return stored
  const { pending: _, ...before } = stored ?? emptyPartition(newGuid())
  const next = { ...committed(before, commit, newGuid), source }
  return (await store.swap(place, stored, next)) ? next : 'changed'
}

/** A partition as it is now, to be read. One in which nothing was put is empty, but a file has to be there. */
export async function partitionToRead(place: PartitionPlace, source: PartitionSource): Promise<Partition> {
  const partition = await currentPartition(place, source)
  if (partition?.source === undefined && isContent(place)) throw resultFault('FileNotFound', 'there is no file')
  return partition ?? emptyPartition(source.newGuid())
}
