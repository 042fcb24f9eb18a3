import { type CheckFileInfo, canEdit, WopiError } from '@openwopi/protocol'
import type { Call, FileClient } from './client.ts'
import type { ReadOnlyState } from './session-state.ts'
import { reasonOf } from './verdict.ts'

/** How a document is opened. */
export interface Opening {
  readonly call: Call
  readonly lockId: string
  readonly isViewOnly: boolean
  readonly sessionContext: string | undefined
  /** Whether a lock of this id may be replaced. Absent: none may. */
  readonly takesOver?: ((lock: string) => boolean) | undefined
}

/** A document as it was found, and the lock on it. */
export interface OpenedDocument {
  readonly info: CheckFileInfo
  readonly isLocked: boolean
  /** Why it can only be read. Absent: it can be edited. */
  readonly readOnly?: ReadOnlyState
}

/** Looks at a file and, if its user may edit it, locks it. Whoever else holds it is no failure: it can be read. */
export async function openDocument(file: FileClient, opening: Opening): Promise<OpenedDocument> {
  const { call, isViewOnly, sessionContext } = opening
  const { info } = await file.checkFileInfo({ sessionContext }, call)
  const why = isViewOnly ? 'asked' : whyReadOnly(info)
  if (why) return { info, isLocked: false, readOnly: { is: 'read-only', why } }
  if (!info.SupportsLocks) return { info, isLocked: false }
  try {
    const { version } = await takeLock(file, opening)
    if (version === info.Version) return { info, isLocked: true }
  } catch (error) {
    return { info, isLocked: false, readOnly: refusedBy(error) }
  }
  return { info: await lookAgain(file, opening), isLocked: true }
}

/** What was left by an earlier session is replaced in one step, in which nobody else can take the lock. */
async function takeLock(
  file: FileClient,
  { call, lockId: lock, takesOver }: Opening,
): Promise<{ readonly version?: string | undefined }> {
  try {
    return await file.lock({ lock }, call)
  } catch (error) {
    const oldLock = WopiError.is(error, 'LockMismatch') ? error.details.lock : ''
    if (oldLock === '' || !takesOver?.(oldLock)) throw error
    await file.unlockAndRelock({ lock, oldLock }, call)
    return {}
  }
}

function whyReadOnly(info: CheckFileInfo): ReadOnlyState['why'] | undefined {
  if (canEdit(info)) return undefined
  return info.SupportsUpdate ? 'not-permitted' : 'not-supported'
}

function refusedBy(error: unknown): ReadOnlyState {
  if (WopiError.is(error, 'LockMismatch'))
    return { is: 'read-only', why: 'locked', lock: error.details.lock, ...reasonOf(error) }
  if (WopiError.is(error, 'NotFound')) return { is: 'read-only', why: 'not-permitted' }
  if (WopiError.is(error, 'NotImplemented')) return { is: 'read-only', why: 'not-supported' }
  throw error
}

/** Between the first look and the lock someone may have written: what holds is what is found under the lock. */
async function lookAgain(file: FileClient, { call, lockId, sessionContext }: Opening): Promise<CheckFileInfo> {
  try {
    return (await file.checkFileInfo({ sessionContext }, call)).info
  } catch (cause) {
    // The lock would keep others out for half an hour; if it cannot be given back either, the first failure is the one to tell.
    await file.unlock({ lock: lockId }, call).catch(() => undefined)
    throw cause
  }
}
