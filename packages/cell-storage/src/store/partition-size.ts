import { cellFault } from '../faults/cell-fault.ts'
import { elementSize } from '../objects/element-size.ts'
import type { Partition } from './partition.ts'

/** A partition may be larger than its file, but not without bounds. `maxBytes`: how large the file may be. */
const mostFor = (maxBytes: number) => 2 * maxBytes + 16 * 2 ** 20

/** About how many bytes the elements of a partition are. */
export function sizeOf({ elements }: Partition): number {
  let size = 0
  for (const element of elements.values()) size += elementSize(element)
  return size
}

/** Whether a partition is no larger than one of a file of `maxBytes` may be. */
export const fits = (partition: Partition, maxBytes: number): boolean => sizeOf(partition) <= mostFor(maxBytes)

/** That a partition is larger than one of a file of `maxBytes` may be is a `CellFault`. */
export function checkSize(partition: Partition, maxBytes: number): void {
  if (!fits(partition, maxBytes)) {
    throw cellFault('StorageFailure', `a partition has more than ${mostFor(maxBytes)} bytes`)
  }
}
