import type { Partition } from './partition.ts'

/** Partitions of files that have been asked for lately, with the bytes of the files. */
export interface RecentPartitions {
  /** The same partition, with its bytes. `undefined`: it has not been asked for lately. */
  find(file: string, partition: Partition): Partition | undefined
  /** `size`: of the file, in bytes. */
  keep(file: string, partition: Partition, size: number): void
}

/** How many bytes are held where nobody says how many. */
export const usuallyRecent = 64 * 2 ** 20

/** As many as have room in `maxBytes`, the latest of each file, and those that were asked for last. */
export function recentPartitions(maxBytes: number): RecentPartitions {
  const kept = new Map<string, { readonly partition: Partition; readonly size: number }>()
  let room = maxBytes

  function drop(file: string): void {
    room += kept.get(file)?.size ?? 0
    kept.delete(file)
  }

  function keep(file: string, partition: Partition, size: number): void {
    drop(file)
    if (size > maxBytes) return
    kept.set(file, { partition, size })
    room -= size
    for (const oldest of kept.keys()) {
      if (room >= 0) return
      drop(oldest)
    }
  }

  return {
    keep,
    find(file, { serialGuid, version }) {
      const found = kept.get(file)
      if (found?.partition.serialGuid !== serialGuid || found.partition.version !== version) return undefined
      keep(file, found.partition, found.size)
      return found.partition
    },
  }
}
