import type { ExtendedGuid } from '../bytes/extended-guid.ts'
import type { StorageIndex } from '../objects/element.ts'
import { graphOf } from './graph.ts'
import type { Partition } from './partition.ts'
import { fits } from './partition-size.ts'

/** The partition without revisions that neither the file stands on nor `isKept` is said of, and what only they lead to. */
function withRevisions(partition: Partition, isKept: (revision: ExtendedGuid) => boolean): Partition {
  const rooted = graphOf(partition).below({ manifest: true }, true)
  const { body } = partition.index
  const revisions = body.revisions.filter(({ element, revision }) => rooted.has(element) || isKept(revision))
  if (revisions.length === body.revisions.length) return partition
  const index = { ...partition.index, body: { ...body, revisions } }
  const { everything } = graphOf({ index, elements: partition.elements })
  return { ...partition, index, elements: new Map([...partition.elements].filter(([id]) => everything.has(id))) }
}

/**
 * The partition of a file without revisions that it no longer stands on, so that it does not grow with each change. Those
 * that the client itself has just named stay as long as there is room: it will take them to be there with its next put.
 */
export function withoutOldRevisions(partition: Partition, put: StorageIndex, maxBytes: number): Partition {
  const named = new Set(put.revisions.map(({ revision }) => revision))
  const next = withRevisions(partition, (revision) => named.has(revision))
  return fits(next, maxBytes) ? next : withRevisions(partition, () => false)
}
