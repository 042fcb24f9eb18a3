import type { LockForSave } from '../store/cell-handler.ts'
import { type LockScope, lockHandlers } from './lock-handlers.ts'
import { liveAt } from './lock-state.ts'

/** In seconds, where a client does not say it. */
const usualTimeout = '3600'

/**
 * Lets a client take a file for itself with the first save, by the attribute `ExclusiveLockID`: the lock is taken before
 * the save, and given back if the save fails and it was not held before.
 */
export const lockForSave =
  ({ locks, file, caller, now }: Pick<LockScope, 'locks' | 'file' | 'caller' | 'now'>): LockForSave =>
  async (subRequest, scope) => {
    const { attributes = {} } = subRequest
    const id = attributes['ExclusiveLockID'] ?? ''
    if (id === '') return undefined
    const { ExclusiveLock } = lockHandlers({
      ...{ locks, file, caller, now, transitionId: '', allowsCoauth: false, mostClients: 1 },
      // The save may be the one that makes the file.
      exists: async () => true,
    })
    const lock = (type: string) => {
      const asked = {
        ExclusiveLockRequestType: type,
        ExclusiveLockID: id,
        Timeout: attributes['Timeout'] ?? usualTimeout,
      }
      return ExclusiveLock({ ...subRequest, attributes: asked }, scope)
    }
    const before = liveAt(await locks.read(file), now())
    const taken = await lock('GetLock')
    if (taken.errorCode !== 'Success') return taken
    return {
      id,
      async giveBack() {
        if (!before) await lock('ReleaseLock')
      },
    }
  }
