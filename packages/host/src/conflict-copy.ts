import { type Content, WopiError } from '@openwopi/protocol'
import type { Ports } from './implementation.ts'
import { conflictNames } from './names.ts'
import type { Change, Lock, StoredFile } from './ports.ts'

interface Save {
  readonly file: StoredFile
  readonly slot: Lock
  readonly bytes: Content
  readonly change: Change
}

/**
 * Keeps a save out of a file that another program has changed under the editor's lock: the bytes go to a copy beside it,
 * and so do all later saves under the same lock. Nothing that either of them wrote is lost.
 */
export async function saveToConflictCopy(ports: Ports, save: Save): Promise<StoredFile> {
  const { slot, bytes, change } = save
  const copy = slot.conflictCopyId === undefined ? undefined : await ports.storage.find(slot.conflictCopyId)
  const saved = copy ? await ports.storage.write(copy, bytes, change) : await firstCopy(ports, save)
  if (!saved) throw new WopiError('ServerBusy', { retryAfter: '1' })
  return saved
}

async function firstCopy(
  { storage, locks, now }: Ports,
  { file, slot, bytes, change }: Save,
): Promise<StoredFile | undefined> {
  const copy = await storage.create(file.parentId, conflictNames(file.name, change.by.name, now()), bytes, change)
  // A slot that has moved on belongs to a refresh or to another editor, and the next save makes a copy of its own.
  if (copy) await locks.swap(file.id, slot, { ...slot, conflictCopyId: copy.id })
  return copy
}
