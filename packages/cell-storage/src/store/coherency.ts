import type { ExtendedGuid } from '../bytes/extended-guid.ts'
import { cellFault } from '../faults/cell-fault.ts'
import type { StorageIndex } from '../objects/element.ts'
import type { PutChanges } from '../objects/request.ts'

/** Where the keys of an index lead. */
function keysOf(index: StorageIndex | undefined): Map<string, ExtendedGuid> {
  return new Map([
    ...(index?.manifest ? [['manifest', index.manifest.element] as const] : []),
    ...(index?.cells ?? []).map(({ cell, element }) => [`cell ${cell}`, element] as const),
    ...(index?.revisions ?? []).map(({ revision, element }) => [`revision ${revision}`, element] as const),
  ])
}

/** What a put is held against. */
export interface CoherencyQuestion {
  /** What holds now. */
  readonly current: StorageIndex
  /** What is to hold. */
  readonly index: StorageIndex
  /** What the client takes to hold now. */
  readonly expected: StorageIndex | undefined
  readonly put: PutChanges
  /** The keys that may be changed whatever they are taken to be. */
  readonly yielding: ReadonlySet<string>
}

/** The keys that lead elsewhere in one index than in the other, or nowhere. */
export function changedKeys(before: StorageIndex | undefined, after: StorageIndex): string[] {
  const [then, now] = [keysOf(before), keysOf(after)]
  return [...new Set([...then.keys(), ...now.keys()])].filter((key) => then.get(key) !== now.get(key))
}

/** That a partition is not as a client takes it to be, so that it would undo what somebody else has put, is a `CellFault`. */
export function checkCoherency({ current, index, expected, put, yielding }: CoherencyQuestion): void {
  const [now, next, before] = [keysOf(current), keysOf(index), keysOf(expected)]
  const onlyApplied = put.more?.coherencyCheckOnlyAppliedEntries ?? false
  const keys = onlyApplied
    ? [...next.keys()].filter((key) => next.get(key) !== now.get(key))
    : new Set([...next.keys(), ...before.keys()])
  for (const key of keys) {
    const isLeftOpen = !before.has(key) && !put.flags.implyNullExpectedIfNoMapping
    if (!isLeftOpen && !yielding.has(key) && now.get(key) !== before.get(key)) {
      throw cellFault('CoherencyFailure', `the ${key} is not what it is expected to be`)
    }
  }
}
