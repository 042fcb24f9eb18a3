import { CellFault, cellFault } from '../faults/cell-fault.ts'
import type { Cut } from '../mapping/cut-file.ts'
import { withFileBytes, withoutFileBytes } from '../mapping/file-skeleton.ts'
import { fileToCells } from '../mapping/file-to-cells.ts'
import type { CellContent, ContentState } from './cell-content.ts'
import type { CellStore } from './cell-store.ts'
import { type Commit, committed } from './commit.ts'
import { emptyPartition, type Partition, type PartitionPlace } from './partition.ts'
import { sizeOf } from './partition-size.ts'
import type { RecentPartitions } from './recent-partitions.ts'

/** Where the cells of a file are found. The store keeps them without the bytes that the file holds. */
export interface ContentSource {
  readonly store: CellStore
  readonly content: CellContent
  /** Those that were asked for lately, which need not be read again. */
  readonly recent?: RecentPartitions
  /** Cuts files. Absent: it is done here and now. */
  readonly cut?: Cut
  /** How large a file may be that becomes cells, in bytes. */
  readonly maxBytes: number
  /** Makes GUIDs that nobody else has. */
  readonly newGuid: () => string
  /** Lets others have their turn between two pieces of work. Absent: they wait. */
  readonly turn?: () => Promise<void>
}

/**
 * The cells that the file is now. Where that has changed by other ways, its cells are made anew, and those that stay the
 * same are kept. `undefined`: there is no file. `changed`: it changes just now.
 */
export async function contentPartition(
  place: PartitionPlace,
  source: ContentSource,
): Promise<Partition | undefined | 'changed'> {
  const { store, content, recent, maxBytes } = source
  const state = await content.find()
  const stored = await store.read(place)
  if (!state) {
    // What has been put in parts of a new file waits before there is one.
    if (stored?.source === undefined) return stored
    await store.forget(place)
    return undefined
  }
  const known = stored?.source === state.version ? recent?.find(place.file, stored) : undefined
  if (known) return known
  if (state.size > maxBytes) throw cellFault('StorageFailure', `a file of more than ${maxBytes} bytes becomes no cells`)
  const bytes = await content.read(state.version)
  if (!bytes) return 'changed'
  const whole = stored?.source === state.version ? withBytes(stored, bytes) : undefined
  if (whole) recent?.keep(place.file, whole, sizeOf(whole))
  return whole ?? madeAnew(place, { stored, state, bytes }, source)
}

/** The cells as they are stored, with the bytes of their file. `undefined`: they are not those of this file. */
function withBytes(stored: Partition, bytes: Uint8Array): Partition | undefined {
  try {
    return withFileBytes(stored, bytes)
  } catch (error) {
    if (error instanceof CellFault) return undefined
    throw error
  }
}

interface Anew {
  readonly stored: Partition | undefined
  readonly state: ContentState
  readonly bytes: Uint8Array
}

async function madeAnew(
  place: PartitionPlace,
  { stored, state, bytes }: Anew,
  source: ContentSource,
): Promise<Partition | 'changed'> {
  const { pending: _, ...before } = stored ?? emptyPartition(source.newGuid())
  const cells = fileToCells(place.file, bytes, await source.cut?.(bytes))
  await source.turn?.()
  const next = { ...withBodies(committed(before, cells, source.newGuid), cells), source: state.version }
  return (await swapContent(place, source, { before: stored, next })) ? next : 'changed'
}

/** Elements that were there before are stored without their bytes. */
function withBodies(partition: Partition, { elements }: Commit): Partition {
  const bodies = new Map([...elements].map(({ id, body }) => [id, body]))
  const whole = [...partition.elements.values()].map((element) => ({
    ...element,
    body: bodies.get(element.id) ?? element.body,
  }))
  return { ...partition, elements: new Map(whole.map((element) => [element.id, element])) }
}

/** A partition, and the one that takes its place. */
export interface Replacement {
  readonly before: Partition | undefined
  readonly next: Partition
}

/** Puts the cells of a file in the place of those before. `false`: somebody else was faster, and nothing has changed. */
export async function swapContent(
  place: PartitionPlace,
  { store, recent, turn }: Pick<ContentSource, 'store' | 'recent' | 'turn'>,
  { before, next }: Replacement,
): Promise<boolean> {
  const isFile = next.source !== undefined
  await turn?.()
  const kept = isFile ? withoutFileBytes(next) : next
  await turn?.()
  const isSwapped = await store.swap(place, before, kept)
  if (isSwapped && isFile) recent?.keep(place.file, next, sizeOf(next))
  return isSwapped
}
