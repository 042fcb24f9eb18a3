import type { AdminLock, AdminLocks } from '../api.ts'
import { heldLock } from '../files/locking.ts'
import type { Site } from '../site.ts'

/** The documents that are locked now, at most so many of them. */
export async function listLocks(site: Site, most: number): Promise<AdminLocks> {
  const ids = await site.folder.lockedFiles(most + 1)
  const found = await Promise.all(ids.slice(0, most).map((id) => lockOf(site, id)))
  return { items: found.filter((lock) => lock !== undefined), hasMore: ids.length > most }
}

async function lockOf(site: Site, id: string): Promise<AdminLock | undefined> {
  const file = await site.folder.storage.find(id)
  const lock = file && (await heldLock(site, id, file))
  if (!lock) return undefined
  const client = await site.lockHolders.clientOf(id)
  return {
    ...{ fileId: id, name: file.name, folderId: file.parentId, by: lock.by.name || lock.by.id, until: lock.expiresAt },
    ...(client !== undefined && { client }),
  }
}
