import type { CellStore } from './cell-store.ts'
import type { Partition } from './partition.ts'

/** A store of cells that lasts as long as this process. */
export function memoryCellStore(): CellStore {
  const files = new Map<string, Map<string, Partition>>()
  return {
    async read({ file, partition }) {
      return files.get(file)?.get(partition)
    },
    async swap({ file, partition }, from, to) {
      const partitions = files.get(file) ?? new Map<string, Partition>()
      const held = partitions.get(partition)
      if (held?.version !== from?.version || held?.serialGuid !== from?.serialGuid) return false
      files.set(file, partitions.set(partition, to))
      return true
    },
    async forget({ file, partition }) {
      if (partition === undefined) files.delete(file)
      else files.get(file)?.delete(partition)
    },
  }
}
