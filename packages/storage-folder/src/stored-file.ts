import type { StoredFile } from '@openwopi/host'
import type { Entry } from './entries.ts'
import { rootId } from './served-folder.ts'

/** A file as hosts know it. */
export function toStoredFile(entry: Entry, openElsewhere?: string): StoredFile {
  return {
    id: entry.id,
    parentId: entry.parent ?? rootId,
    name: entry.name,
    size: entry.size,
    version: String(entry.version),
    sequenceNumber: entry.version,
    ownerId: entry.owner,
    modifiedAt: Math.floor(entry.modifiedAt),
    ...(entry.sha256 !== null && { sha256: entry.sha256 }),
    ...(openElsewhere !== undefined && { openElsewhere }),
    ...(entry.outside === 1 && { changedOutside: true }),
  }
}
