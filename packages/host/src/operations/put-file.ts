import { type Input, WopiError } from '@openwopi/protocol'
import { beside, earlierCopy, isChangedUnder, isFree, rememberCopy } from '../conflict-copy.ts'
import { refuseOtherHolders } from '../held-by-cells.ts'
import type { FileCall, Implementation, Ports } from '../implementation.ts'
import { heldBy, live, mismatch } from '../locking.ts'
import { maySave, type SaveRight } from '../may-save.ts'
import type { Lock, StoredFile, Verdict } from '../ports.ts'
import { saveOrder } from '../save-order.ts'
import { exactly } from '../sized.ts'
import { lastModifiedTime } from './check-file-info.ts'

export const putFile: Implementation<'putFile'> = (ports) => {
  const order = saveOrder()

  return async ({ lock, size, timestamp, content, ...save }, call) => {
    const { file, grant, profile, note } = call
    const at = ports.now()
    const slot = await ports.locks.read(file.id, file)
    let judged: Judged = { slot, right: maySave(ports, { slot, lock, file, profile, at }) }
    const refused = (otherwise: string) => refusal(ports, { slot: judged.slot, at, lock, otherwise })
    if (judged.right === 'no') throw refused('the file is not locked')

    const isStale = profile.asksOnConflict && timestamp !== undefined && timestamp !== lastModifiedTime(file)
    // At exit there is nobody left who could answer the question.
    if (isStale && !save.isExitSave)
      throw new WopiError('DocumentChanged', { body: { COOLStatusCode: 1010, LOOLStatusCode: 1010 } })
    const userOverwrites = profile.overwritesWithoutTimestamp && timestamp === undefined
    const goesBeside = (present: StoredFile, slotNow: Lock | undefined) =>
      isStale || (!userOverwrites && isChangedUnder(slotNow, present))

    const copy = goesBeside(file, slot) ? await earlierCopy(ports, slot) : undefined
    const decide = async (present: StoredFile): Promise<Verdict> => {
      // Another client may have taken the lock while the bytes were on their way.
      const own = copy ? await ports.storage.find(file.id) : present
      const slotNow = await ports.locks.read(file.id, copy ? undefined : present)
      if (!own) return 'refuse'
      judged = { slot: slotNow, right: maySave(ports, { slot: slotNow, lock, file: own, profile, at }) }
      if (judged.right === 'no' || turn.isOvertaken()) return 'refuse'
      const isTaken = copy ? !(await isFree(ports, copy)) : goesBeside(present, slotNow)
      return isTaken ? beside(ports, file, grant.user) : 'replace'
    }
    const turn = order.begin(file.id)
    const bytes = size === undefined ? content : exactly(size, content)
    const saved = await ports.storage
      .write(copy ?? file, bytes, { ...aboutSave(save, grant.user), decide })
      .finally(turn.end)
    if (!saved && !(await ports.storage.find(file.id))) throw new WopiError('NotFound', {})
    if (!saved) throw refused('the file has changed while it was being saved')

    note({ save: { ...save, version: saved.version }, ...(judged.right === 'grace' && { afterUnlock: true }) })
    if (saved.id === file.id) return answer(saved)
    await rememberCopy(ports, file, lock, saved)
    note({ conflictCopy: saved })
    return answer((await ports.storage.find(file.id)) ?? file)
  }
}

const answer = (file: StoredFile) => ({ version: file.version, saved: { LastModifiedTime: lastModifiedTime(file) } })

/** What versions remember of a save. */
const aboutSave = (
  { editors, isAutosave, isModifiedByUser }: Omit<Input<'putFile'>, 'content'>,
  by: FileCall['grant']['user'],
) => ({
  by,
  ...(editors && { editors }),
  ...(isAutosave && { isAutosave }),
  ...(isModifiedByUser === false && { isUnmodified: true }),
})

/** By what a save was judged last. */
interface Judged {
  readonly slot: Lock | undefined
  readonly right: SaveRight
}

interface Refusal {
  /** As it was when the save was refused: by the time that is told, it may hold another lock. */
  readonly slot: Lock | undefined
  /** When the save began. */
  readonly at: number
  /** The lock id that came with it. */
  readonly lock: string | undefined
  readonly otherwise: string
}

/** Why a save is not taken. */
function refusal({ sameLock }: Pick<Ports, 'sameLock'>, { slot, at, lock, otherwise }: Refusal): WopiError {
  refuseOtherHolders(slot, at)
  const held = live(slot, at)
  const isOthers = held && (lock === undefined || !sameLock(held.id, lock))
  return mismatch(held, isOthers ? heldBy(held) : otherwise)
}
