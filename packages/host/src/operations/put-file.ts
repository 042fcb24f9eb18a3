import { WopiError } from '@openwopi/protocol'
import { refuseCoauthored } from '../coauthored.ts'
import { saveToConflictCopy } from '../conflict-copy.ts'
import type { Implementation } from '../implementation.ts'
import { heldBy, live, mismatch } from '../locking.ts'
import { maySave } from '../may-save.ts'
import { exactly } from '../sized.ts'
import { lastModifiedTime } from './check-file-info.ts'

export const putFile: Implementation<'putFile'> =
  (ports) =>
  async ({ lock, size, timestamp, content, ...save }, call) => {
    const { file, grant, profile } = call
    const startedAt = ports.now()
    const slot = await ports.locks.read(file.id)
    const right = maySave(ports, { slot, lock, file, profile, at: startedAt })
    if (right === 'no') throw refused()

    // An empty time is one that the client has lost, so it cannot know what it would overwrite.
    if (profile.asksOnConflict && timestamp !== undefined && timestamp !== lastModifiedTime(file)) {
      throw new WopiError('DocumentChanged', { body: { COOLStatusCode: 1010, LOOLStatusCode: 1010 } })
    }

    const bytes = size === undefined ? content : exactly(size, content)
    const change = {
      by: grant.user,
      ...(save.editors && { editors: save.editors }),
      ...(save.isAutosave && { isAutosave: true }),
      ...(save.isModifiedByUser === false && { isUnmodified: true }),
      // Another client may have taken the lock while the bytes were on their way.
      confirm: async () =>
        maySave(ports, { slot: await ports.locks.read(file.id), lock, file, profile, at: startedAt }) === right,
    }
    const userOverwrites = profile.asksOnConflict && timestamp === undefined && profile.graceAfterUnlock > 0
    const changedUnderLock = right === 'holder' && file.changedOutside && slot && slot.version !== file.version
    if (changedUnderLock && !userOverwrites) {
      const conflictCopy = await saveToConflictCopy(ports, { file, slot, bytes, change })
      call.note({ conflictCopy, save: { ...save, version: conflictCopy.version } })
      return { version: file.version, saved: { LastModifiedTime: lastModifiedTime(file) } }
    }

    const saved = await ports.storage.write(file, bytes, change)
    if (!saved)
      throw mismatch(live(await ports.locks.read(file.id), startedAt), 'the file has changed while it was being saved')
    call.note({ save: { ...save, version: saved.version }, ...(right === 'grace' && { afterUnlock: true }) })
    return { version: saved.version, saved: { LastModifiedTime: lastModifiedTime(saved) } }

    function refused() {
      refuseCoauthored(slot, startedAt)
      const held = live(slot, startedAt)
      return mismatch(held, held ? heldBy(held) : 'the file is not locked')
    }
  }
