import { CellFault, cellFault } from '../faults/cell-fault.ts'
import { cellsToFile } from '../mapping/cells-to-file.ts'
import type { DataElement } from '../objects/element.ts'
import { noKnowledge } from '../objects/knowledge.ts'
import type { PutChanges } from '../objects/request.ts'
import type { PutResult } from '../objects/response.ts'
import { changedKeys } from './coherency.ts'
import { swapContent } from './content-partition.ts'
import { currentPartition, isContent, isEditorsTable, mostTries, type PartitionSource } from './current-partition.ts'
import { withOwnBytes } from './own-bytes.ts'
import { emptyPartition, type Partition, type PartitionPlace } from './partition.ts'
import { checkSize } from './partition-size.ts'
import { type PutOptions, type PutOutcome, putChanges } from './put-changes.ts'
import { spendOnWriting } from './work.ts'

/** What of a put is answered. */
export interface SavedChanges {
  readonly result: PutResult
  readonly elements: readonly DataElement[]
}

/**
 * Puts changes into a partition. The content of a file is written to the file first: whatever happens in between, the
 * file is whole, and cells that are older than it are made anew from it.
 */
export async function saveChanges(
  place: PartitionPlace,
  put: PutChanges,
  brought: readonly DataElement[],
  source: PartitionSource & PutOptions,
): Promise<SavedChanges> {
  if (isEditorsTable(place) && source.editors) {
    throw cellFault('StorageReadOnly', 'the table of editors is kept by the server')
  }
  const isFile = isContent(place)
  for (let tries = 0; tries < mostTries; tries++) {
    const before = await currentPartition(place, source)
    await source.turn?.()
    const outcome = putChanges(before ?? emptyPartition(source.newGuid()), put, brought, { ...source, isFile })
    await source.turn?.()
    checkSize(outcome.partition, source.maxBytes)
    spendOnWriting(source.work, outcome.partition)
    const kept = isFile && !put.flags.partial ? await saved(outcome, before, source) : outcome.partition
    if (!kept) continue
    const own = await withOwnBytes(kept, brought, source.turn)
    const next = put.flags.lastWriterWinsOnNextChange ? yieldingSince(before, own) : own
    const swap = isFile ? swapContent(place, source, { before, next }) : source.store.swap(place, before, next)
    if (await swap) return outcome
    if (isFile && !put.flags.partial) return putAgain(place, put, brought, { ...source, written: kept.source })
  }
  throw cellFault('StoreBusy', 'others put changes all the time')
}

/**
 * What was put is in the file, and somebody who asked for that has had its cells made anew before they could be replaced.
 * So it is put into those. Where that does not go, they stay: the client is told of no cells, and asks for them.
 */
async function putAgain(
  place: PartitionPlace,
  put: PutChanges,
  brought: readonly DataElement[],
  { written, ...source }: PartitionSource & PutOptions & { readonly written: string | undefined },
): Promise<SavedChanges> {
  for (let tries = 0; tries < mostTries; tries++) {
    const before = await currentPartition(place, source)
    const outcome = before?.source === written && before ? accepted(before, put, brought, source) : undefined
    if (!before || !outcome) break
    const kept = { ...outcome.partition, ...(written !== undefined && { source: written }) }
    const own = await withOwnBytes(kept, brought, source.turn)
    const next = put.flags.lastWriterWinsOnNextChange ? yieldingSince(before, own) : own
    if (await swapContent(place, source, { before, next })) return outcome
  }
  return { result: { type: 'putChanges', knowledge: noKnowledge }, elements: [] }
}

/** What a put that has been accepted makes of other cells of the same file. `undefined`: it does not fit with them. */
function accepted(
  before: Partition,
  put: PutChanges,
  brought: readonly DataElement[],
  source: PutOptions,
): PutOutcome | undefined {
  try {
    return putChanges(before, put, brought, { ...source, isFile: true, isAccepted: true })
  } catch (error) {
    if (error instanceof CellFault) return undefined
    throw error
  }
}

/** The partition whose next put may change what this one has changed. */
const yieldingSince = (before: Partition | undefined, next: Partition): Partition => ({
  ...next,
  yielding: changedKeys(before?.index.body, next.index.body),
})

/** The partition once the file is what its cells are. `undefined`: the file has changed meanwhile. */
async function saved(
  { partition }: PutOutcome,
  before: Partition | undefined,
  { content, maxBytes, turn }: PartitionSource,
): Promise<Partition | undefined> {
  const { pieces } = cellsToFile(partition, maxBytes)
  await turn?.()
  const state = await content.write(before?.source, pieces)
  return state && { ...partition, source: state.version }
}
