import { createHash } from 'node:crypto'
import type { Content } from '@openwopi/host'
import type { Files } from '../stored/open-files.ts'
import type { FailedSave } from './failed-save.ts'

/** How long before a save failed its bytes may have become a version, in milliseconds. */
const slack = 10 * 60_000

/**
 * Whether a version of the file has these very bytes: a client has sent them again, or the database was lost with the last
 * word of the first time.
 */
export async function isStoredAlready({ storage, versions }: Files, save: FailedSave): Promise<boolean> {
  if (save.kind !== 'save' || save.fileId === undefined) return false
  const file = await storage.find(save.fileId)
  if (!file) return false
  if (file.sha256 === save.sha256 && file.size === save.size) return true
  const likely = (await versions.list(file.id)).filter(
    ({ size, modifiedAt }) => size === save.size && modifiedAt >= save.at - slack,
  )
  for (const { version } of likely) {
    const content = await versions.read(file.id, version)
    if (content && (await hashOf(content)) === save.sha256) return true
  }
  return false
}

async function hashOf(content: Content): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of content) hash.update(chunk)
  return hash.digest('base64')
}
