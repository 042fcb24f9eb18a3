import type { Partition, PartitionPlace } from './partition.ts'

/**
 * Where the partitions of files are kept. A partition is a register: it is read as a whole, and replaced if it still is
 * as it was read. Whatever throws has changed nothing.
 */
export interface CellStore {
  /** `undefined`: nothing was ever put there, or it was forgotten. */
  read(place: PartitionPlace): Promise<Partition | undefined>
  /**
   * Replaces a partition if it is still at the version of `from`, or still is not there. The new one is safe when this
   * resolves. `false`: somebody else was faster, and nothing has changed.
   */
  swap(place: PartitionPlace, from: Partition | undefined, to: Partition): Promise<boolean>
  /** Forgets the partitions of a file: one of them, or all. */
  forget(place: Pick<PartitionPlace, 'file'> & Partial<PartitionPlace>): Promise<void>
}
