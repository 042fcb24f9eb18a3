import type { Lock, StoredFile, Verdict } from '@openwopi/host'
import { Refusal } from '../http/refusal.ts'
import type { Site } from '../site.ts'

/** Who keeps others from changing a file. */
export interface OpenBy {
  readonly name: string
  /** When the lock ends by itself, in milliseconds since the epoch. Absent: when the program is closed. */
  readonly until?: number
  readonly isDesktop: boolean
}

type Needed = Pick<Site, 'folder' | 'now'>

/** The lock that binds a file now; or bound it when `file` was read, where a storage reads both together. */
export async function heldLock({ folder, now }: Needed, fileId: string, file?: StoredFile): Promise<Lock | undefined> {
  const lock = await folder.locks.read(fileId, file)
  return lock && lock.releasedAt === undefined && lock.expiresAt > now() ? lock : undefined
}

/** Who has a file open: in a desktop program, or in an editor. */
export async function openBy(site: Needed, file: StoredFile): Promise<OpenBy | undefined> {
  if (file.openElsewhere !== undefined) return { name: file.openElsewhere || 'Someone', isDesktop: true }
  const lock = await heldLock(site, file.id, file)
  return lock && { name: lock.by.name || 'Someone', until: lock.expiresAt, isDesktop: false }
}

/** Throws a `Refusal` that names whoever has the file open. */
export async function refuseIfOpen(site: Needed, file: StoredFile): Promise<void> {
  const by = await openBy(site, file)
  if (by) throw inUse(file.name, by)
}

const inUse = (name: string, by: OpenBy) =>
  new Refusal(
    409,
    `${by.name} has “${name}” open${by.isDesktop ? ' in a desktop program' : ''}. Try again once it is closed.`,
  )

/** For `Change.confirm`: whether nobody has opened the file since it was looked at. */
export const stillFree = (site: Needed, fileId: string) => async (): Promise<boolean> =>
  (await heldLock(site, fileId)) === undefined

/** For `Rewrite.decide`: replaces the file if nobody has opened or changed it since it was looked at. */
export const replaceIfFree =
  (site: Needed, seen: StoredFile) =>
  async (present: StoredFile): Promise<Verdict> =>
    present.version === seen.version && (await openBy(site, present)) === undefined ? 'replace' : 'refuse'

/** Takes a lock away, whoever holds it. */
export async function breakLock({ folder }: Needed, fileId: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const lock = await folder.locks.read(fileId)
    if (lock === undefined || (await folder.locks.swap(fileId, lock, undefined))) return
  }
  throw new Error(`the lock of ${fileId} never stood still`)
}
