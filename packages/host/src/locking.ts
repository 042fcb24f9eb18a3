import { WopiError } from '@openwopi/protocol'
import { refuseOtherHolders } from './held-by-cells.ts'
import type { Ports } from './implementation.ts'
import type { Lock, StoredFile, User } from './ports.ts'

/** The lock that binds at `now`: one that has expired or been released does not. */
export const live = (lock: Lock | undefined, now: number): Lock | undefined =>
  lock && !lock.coauth && lock.cells === undefined && lock.releasedAt === undefined && lock.expiresAt > now
    ? lock
    : undefined

/** The lock that is held on a file; with `file`, when that was read. Throws when clients hold it together, or through another protocol. */
export async function heldLock({ locks, now }: Ports, fileId: string, file?: StoredFile): Promise<Lock | undefined> {
  const slot = await locks.read(fileId, file)
  refuseOtherHolders(slot, now())
  return live(slot, now())
}

/** `LockMismatch` with the id that is held, empty if none is. */
export const mismatch = (held: Lock | undefined, reason: string) =>
  new WopiError('LockMismatch', { lock: held?.id ?? '', reason, ...named(held) })

/** Whose lock it is, for those who may know. */
export const named = (held: Lock | undefined) => (held?.isUserVisible ? { username: held.by.name || held.by.id } : {})

/** Who keeps others out, in a sentence for the person who is kept out. */
export const heldBy = ({ by, isUserVisible }: Lock) =>
  `${(isUserVisible !== false && by.name) || 'Someone'} has the file open`

/** Throws when a desktop program has the file open: its user would lose what is saved here, or the other way round. */
export function refuseOpenElsewhere({ openElsewhere }: StoredFile): void {
  if (openElsewhere !== undefined)
    throw mismatch(undefined, `${openElsewhere || 'Someone'} has the file open in a desktop program`)
}

/** What a client asks of its lock. */
interface Terms {
  /** Seconds. Absent: as long as the host's locks last. */
  readonly expiresIn?: number | undefined
  readonly isUserVisible?: boolean | undefined
}

interface Move {
  readonly file: StoredFile
  readonly by: User
  readonly terms?: Terms
  /** The lock id to hold from now on, or `undefined` for none. Throws if the held lock does not allow the move. */
  readonly decide: (held: Lock | undefined) => string | undefined
}

/**
 * Moves a file's lock to what `decide` makes of the held one, again until no other caller came between. Returns the file
 * as it was when the lock moved.
 */
export async function moveLock(ports: Ports, { file, by, terms = {}, decide }: Move): Promise<StoredFile> {
  let present: StoredFile | undefined = file
  for (let attempt = 0; attempt < 100; attempt++) {
    const current = await ports.locks.read(file.id, present)
    refuseOtherHolders(current, ports.now())
    const held = live(current, ports.now())
    const id = decide(held)
    const moved = next(ports, { file: present, by, terms, held, id })
    if (await ports.locks.swap(file.id, current, moved, present)) return present
    present = await ports.storage.find(file.id)
    if (!present) throw new WopiError('NotFound', {})
  }
  throw new Error(`the lock of ${file.id} never stood still`)
}

interface Next extends Required<Omit<Move, 'decide'>> {
  readonly held: Lock | undefined
  readonly id: string | undefined
}

/** A holder who goes on keeps what is known of the file as it was locked. A released lock is remembered for a late save. */
function next({ now, lockLifetime }: Ports, { file, by, terms, held, id }: Next): Lock | undefined {
  if (id === undefined) return held && { ...held, version: file.version, releasedAt: now() }
  const { expiresIn, isUserVisible } = terms
  return {
    ...(held ?? { version: file.version }),
    id,
    by,
    expiresAt: now() + (expiresIn === undefined ? lockLifetime : expiresIn * 1000),
    ...(isUserVisible !== undefined && { isUserVisible }),
  }
}
