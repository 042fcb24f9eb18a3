import { type CoauthTableRow, WopiError } from '@openwopi/protocol'
import { coauthLocks } from './coauthored.ts'
import { heldByCells, holderByCells } from './held-by-cells.ts'
import type { Ports } from './implementation.ts'
import { live, named } from './locking.ts'
import type { CoauthLock, StoredFile, User } from './ports.ts'

interface Move {
  readonly file: StoredFile
  readonly by: User
  /** The clients that have the file open from now on. Throws if those that have it now do not allow the move. */
  readonly decide: (held: readonly CoauthLock[]) => readonly CoauthLock[]
}

/** Changes who has a file open together, again until no other caller came between. */
export async function moveCoauth(ports: Ports, { file, by, decide }: Move): Promise<readonly CoauthLock[]> {
  let present: StoredFile | undefined = file
  for (let attempt = 0; attempt < 100; attempt++) {
    const now = ports.now()
    const slot = await ports.locks.read(file.id, present)
    const alone = live(slot, now)
    if (alone)
      throw new WopiError('CoauthConflict', {
        lock: alone.id,
        reason: 'the file is locked by one client',
        ...named(alone),
      })
    const inCells = heldByCells(slot, now)
    if (inCells) throw new WopiError('CoauthConflict', { mechanism: 'Other', reason: holderByCells(inCells) })
    const coauth = decide(coauthLocks(slot, now))
    const expiresAt = Math.max(...coauth.map((each) => each.expiresAt))
    const next = coauth.length > 0 ? { id: '', version: present.version, by, expiresAt, coauth } : undefined
    if (await ports.locks.swap(file.id, slot, next)) return coauth
    present = await ports.storage.find(file.id)
    if (!present) throw new WopiError('NotFound', {})
  }
  throw new Error(`the lock of ${file.id} never stood still`)
}

const rowOf = ({ id, type, metadata, by, lockedAt }: CoauthLock): CoauthTableRow => ({
  CoauthLockId: id,
  CoauthLockMetadata: metadata,
  CoauthLockType: type,
  UserFriendlyName: by.name || by.id,
  CoauthLockTime: lockedAt,
})

/** What clients are told of those that have a file open. The version is that of what they are told, and of nothing else. */
export async function coauthTable(locks: readonly CoauthLock[]) {
  const CoauthTable = locks.map(rowOf)
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(CoauthTable)))
  const tableVersion = btoa(String.fromCharCode(...new Uint8Array(digest)))
  return { tableVersion, table: { CoauthTable } }
}
