import { cellFault } from '../faults/cell-fault.ts'
import { cellsToFile } from '../mapping/cells-to-file.ts'
import type { DataElement } from '../objects/element.ts'
import type { PutChanges } from '../objects/request.ts'
import type { PutResult } from '../objects/response.ts'
import { elementBytes } from '../objects/write-element.ts'
import { changedKeys } from './coherency.ts'
import { currentPartition, isContent, isEditorsTable, mostTries, type PartitionSource } from './current-partition.ts'
import { graphOf } from './graph.ts'
import { emptyPartition, type Partition, type PartitionPlace } from './partition.ts'
import { type PutOptions, type PutOutcome, putChanges } from './put-changes.ts'

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
  for (let tries = 0; tries < mostTries; tries++) {
    const before = await currentPartition(place, source)
    const outcome = putChanges(before ?? emptyPartition(source.newGuid()), put, brought, source)
    const kept = isContent(place) && !put.flags.partial ? await saved(outcome, before, source) : outcome.partition
    if (!kept) continue
    const next = put.flags.lastWriterWinsOnNextChange ? yieldingSince(before, kept) : kept
    checkSize(next, source.maxBytes)
    if (await source.store.swap(place, before, next)) return outcome
  }
  throw cellFault('StoreBusy', 'others put changes all the time')
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
  { content, maxBytes }: PartitionSource,
): Promise<Partition | undefined> {
  const { pieces } = cellsToFile(partition, maxBytes)
  const state = await content.write(before?.source, pieces)
  return state && { ...withoutOldRevisions(partition), source: state.version }
}

/** Without revisions that the file no longer stands on, so that it does not grow with each change. */
function withoutOldRevisions(partition: Partition): Partition {
  const rooted = graphOf(partition).below({ manifest: true }, true)
  const { body } = partition.index
  const revisions = body.revisions.filter(({ element }) => rooted.has(element))
  const index = { ...partition.index, body: { ...body, revisions } }
  const { everything } = graphOf({ index, elements: partition.elements })
  return {
    ...partition,
    index,
    elements: new Map([...partition.elements].filter(([id]) => everything.has(id))),
  }
}

/** A partition may be larger than its file, but not without bounds. */
function checkSize({ elements }: Partition, maxBytes: number): void {
  let size = 0
  for (const element of elements.values()) size += elementBytes(element).length
  const most = 2 * maxBytes + 16 * 2 ** 20
  if (size > most) throw cellFault('StorageFailure', `a partition has more than ${most} bytes`)
}
