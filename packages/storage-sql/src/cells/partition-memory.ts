import type { Partition } from '@openwopi/cell-storage'
import type { CellPlace } from './cell-store.ts'

/** A partition, and how many bytes its elements have in the database. */
export interface SizedPartition {
  readonly partition: Partition
  readonly size: number
}

/** The partitions that were read or put last: of one that is still at its version, nothing but that has to be asked. */
export interface PartitionMemory {
  /** `undefined`: it is not remembered at that version. */
  at(place: CellPlace, version: Pick<Partition, 'version' | 'serialGuid'>): SizedPartition | undefined
  keep(place: CellPlace, partition: SizedPartition): void
  forget(fileId: string): void
}

/** How many bytes are remembered. */
const room = 64 * 2 ** 20

/** A memory of one process: others may replace what it remembers, which its version tells. */
export function partitionMemory(): PartitionMemory {
  const kept = new Map<string, SizedPartition & CellPlace>()
  let used = 0
  const keyOf = ({ file_id, partition_id }: CellPlace) => `${partition_id} ${file_id}`
  const drop = (key: string) => {
    used -= kept.get(key)?.size ?? 0
    kept.delete(key)
  }

  return {
    at(place, { version, serialGuid }) {
      const found = kept.get(keyOf(place))
      return found?.partition.version === version && found.partition.serialGuid === serialGuid ? found : undefined
    },
    keep({ file_id, partition_id }, { partition, size }) {
      const key = keyOf({ file_id, partition_id })
      drop(key)
      kept.set(key, { file_id, partition_id, partition, size })
      used += size
      for (const oldest of kept.keys()) {
        if (used <= room) return
        drop(oldest)
      }
    },
    forget(fileId) {
      for (const [key, { file_id }] of kept) if (file_id === fileId) drop(key)
    },
  }
}
