import { nextFreeNames, type StoredFile } from '@openwopi/host'
import { contentHash } from '../files/content-hash.ts'
import { findEqual } from '../files/find-equal.ts'
import type { Files } from '../stored/open-files.ts'
import type { FailedSave } from './failed-save.ts'
import { placeOfCopy } from './place-of-copy.ts'

/** How long before a save failed its bytes may have become a version, in milliseconds. */
const slack = 10 * 60_000

/**
 * Whether the storage has these very bytes where they were to go: a client has sent them again, the database was lost with
 * the last word of the first time, or whoever recovered them has ended before they could be taken away.
 */
export async function isStoredAlready(files: Files, save: FailedSave): Promise<boolean> {
  const file = save.fileId === undefined ? undefined : await files.storage.find(save.fileId)
  if (save.kind === 'save' && file && (await isVersion(files, save, file))) return true
  const { folderId, name } = await placeOfCopy(files, save, file)
  const sought = { folderId, names: nextFreeNames(name), since: save.at - slack }
  return (await findEqual(files, { ...sought, size: save.size, sha256: async () => save.sha256 })) !== undefined
}

async function isVersion({ versions }: Files, save: FailedSave, file: StoredFile): Promise<boolean> {
  if (file.sha256 === save.sha256 && file.size === save.size) return true
  const likely = (await versions.list(file.id)).filter(
    ({ size, modifiedAt }) => size === save.size && modifiedAt >= save.at - slack,
  )
  for (const { version } of likely) {
    const content = await versions.read(file.id, version)
    if (content && (await contentHash(content)) === save.sha256) return true
  }
  return false
}
