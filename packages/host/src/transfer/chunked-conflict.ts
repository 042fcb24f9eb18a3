import { type FailureDetails, WopiError } from '@openwopi/protocol'
import { coauthLocks } from '../coauthored.ts'
import { heldByCells, holderByCells } from '../held-by-cells.ts'
import type { Ports } from '../implementation.ts'
import { heldBy, live, named } from '../locking.ts'
import type { Lock, StoredFile } from '../ports.ts'

/** A chunked save, and the lock of its file. */
export interface ChunkedAttempt {
  readonly slot: Lock | undefined
  readonly file: StoredFile
  /** The locks that came with it: one of them at most. */
  readonly lock: string | undefined
  readonly coauthLockId: string | undefined
  /** When it began: a lock that held then holds for the whole of it. */
  readonly at: number
}

/** What keeps a chunked save out: the rule of PutChunkedFile. `undefined`: nothing. */
export function chunkedConflict(
  { sameLock }: Pick<Ports, 'sameLock'>,
  { slot, file, lock, coauthLockId, at }: ChunkedAttempt,
): WopiError | undefined {
  const held = live(slot, at)
  if (held) return lock !== undefined && sameLock(held.id, lock) ? undefined : heldByOther(held)
  const inCells = heldByCells(slot, at)
  if (inCells) return conflict({ lock: '', mechanism: 'Other', reason: holderByCells(inCells) })
  const together = coauthLocks(slot, at)
  const exclusive = together.find(({ type }) => type === 'CoauthExclusive')
  if (exclusive && exclusive.id !== coauthLockId)
    return conflict({
      lock: '',
      mechanism: 'WOPI-CoauthExclusiveLock',
      reason: `${exclusive.by.name || 'Someone'} is writing the file`,
    })
  if (together.length > 0)
    return together.some(({ id }) => id === coauthLockId)
      ? undefined
      : conflict({ reason: 'others have the file open: take a coauth lock first' })
  if (file.openElsewhere !== undefined)
    return conflict({
      lock: '',
      mechanism: 'Other',
      reason: `${file.openElsewhere || 'Someone'} has the file open in a desktop program`,
    })
  // Only a file that is still empty may be written without a lock: that is how a client creates one.
  return file.size === 0 ? undefined : conflict({ lock: '', reason: 'the file is not locked' })
}

const conflict = (details: FailureDetails<'CoauthConflict'>) => new WopiError('CoauthConflict', details)

const heldByOther = (held: Lock) =>
  conflict({ lock: held.id, mechanism: 'WOPI-Lock', reason: heldBy(held), ...named(held) })
