import { coauthLocks } from './coauthored.ts'
import { heldByCells } from './held-by-cells.ts'
import type { Ports } from './implementation.ts'
import { live } from './locking.ts'
import { conflictNames } from './names.ts'
import type { Lock, StoredFile, User, Verdict } from './ports.ts'

/** Whether another program has changed the file since it was locked. */
export const isChangedUnder = (slot: Lock | undefined, file: StoredFile): boolean =>
  Boolean(file.changedOutside && slot && slot.version !== file.version)

/** A save goes here in place of its file. */
export const beside = ({ now }: Ports, file: StoredFile, by: User): Verdict => ({
  beside: conflictNames(file.name, by.name, now()),
})

/** The copy that takes the saves under this lock already, unless somebody else is working on it. */
export async function earlierCopy(ports: Ports, slot: Lock | undefined): Promise<StoredFile | undefined> {
  const copy = slot?.conflictCopyId === undefined ? undefined : await ports.storage.find(slot.conflictCopyId)
  return copy && (await isFree(ports, copy)) ? copy : undefined
}

/** Whether nobody has the copy open: the session whose saves it takes does not. */
export async function isFree({ locks, now }: Ports, { id }: StoredFile): Promise<boolean> {
  const slot = await locks.read(id)
  const at = now()
  return !live(slot, at) && !heldByCells(slot, at) && coauthLocks(slot, at).length === 0
}

/** All later saves under the lock go to this copy too. A lock that has moved on makes a copy of its own. */
export async function rememberCopy(
  { locks, now }: Ports,
  file: StoredFile,
  lock: string | undefined,
  copy: StoredFile,
): Promise<void> {
  const slot = await locks.read(file.id)
  if (slot && slot.id === lock && live(slot, now()))
    await locks.swap(file.id, slot, { ...slot, conflictCopyId: copy.id })
}
