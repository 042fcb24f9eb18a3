import type { CellId } from '../bytes/cell-id.ts'
import { type ExtendedGuid, extendedGuidOf } from '../bytes/extended-guid.ts'
import type { DataElement, ElementBody, MappedElement, StorageIndex } from '../objects/element.ts'
import { graphOf } from './graph.ts'
import { type Partition, serialsOf } from './partition.ts'

/** What a partition is to hold: the keys of its index, and the elements that it does not hold yet. */
export interface Commit {
  readonly manifest: ExtendedGuid | undefined
  readonly cells: ReadonlyMap<CellId, ExtendedGuid>
  readonly revisions: ReadonlyMap<ExtendedGuid, ExtendedGuid>
  readonly elements: Iterable<{ readonly id: ExtendedGuid; readonly body: ElementBody }>
}

/**
 * The partition with what is committed. Elements and keys that are new have new serial numbers, whatever numbers they
 * came with; what no key leads to any more is gone. `newGuid`: makes GUIDs that nobody else has.
 */
export function committed(partition: Partition, commit: Commit, newGuid: () => string): Partition {
  const serials = serialsOf(partition)
  const elements = new Map(partition.elements)
  for (const { id, body } of commit.elements) {
    if (!elements.has(id)) elements.set(id, { id, serial: serials.next(), body })
  }
  const body = indexBody(partition.index.body, commit, serials.next)
  const index: DataElement<StorageIndex> = { id: extendedGuidOf(newGuid(), 1), serial: serials.next(), body }
  const { everything } = graphOf({ index, elements })
  for (const id of elements.keys()) if (!everything.has(id)) elements.delete(id)
  const { yielding: _, ...kept } = partition
  return { ...kept, version: partition.version + 1, nextSerial: serials.free, index, elements }
}

type NextSerial = () => NonNullable<MappedElement['serial']>

/** The index with the keys of a commit. Those that lead where they led keep their serial numbers. */
function indexBody(before: StorageIndex, { manifest, cells, revisions }: Commit, next: NextSerial): StorageIndex {
  const mapped = (element: ExtendedGuid, old: MappedElement | undefined): MappedElement => ({
    element,
    serial: (old?.element === element ? old.serial : undefined) ?? next(),
  })
  const oldCells = new Map(before.cells.map((each) => [each.cell, each]))
  const oldRevisions = new Map(before.revisions.map((each) => [each.revision, each]))
  return {
    type: 'storageIndex',
    ...(manifest !== undefined && { manifest: mapped(manifest, before.manifest) }),
    cells: [...cells].map(([cell, element]) => ({ cell, ...mapped(element, oldCells.get(cell)) })),
    revisions: [...revisions].map(([revision, element]) => ({
      revision,
      ...mapped(element, oldRevisions.get(revision)),
    })),
  }
}
