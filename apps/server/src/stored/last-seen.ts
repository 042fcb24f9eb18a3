import type { StoredFile } from '@openwopi/host'

/** What files were called and where they lay when somebody looked last, for when nobody can be asked. */
export interface LastSeen {
  note(file: StoredFile): void
  of(fileId: string): Pick<StoredFile, 'name' | 'parentId'> | undefined
}

/** More files than this are not remembered: the one that nobody has looked at for longest is forgotten first. */
const mostFiles = 10_000

/** Remembers, in memory. */
export function lastSeen(): LastSeen {
  const files = new Map<string, Pick<StoredFile, 'name' | 'parentId'>>()
  return {
    note({ id, name, parentId }) {
      files.delete(id)
      files.set(id, { name, parentId })
      const [oldest] = files.keys()
      if (files.size > mostFiles && oldest !== undefined) files.delete(oldest)
    },
    of: (fileId) => files.get(fileId),
  }
}
