import { createHash } from 'node:crypto'
import { userInfo } from 'node:os'
import type { User } from '@openwopi/host'

/** Someone who uses this server. */
export interface Person extends User {
  /** Owners may break locks. */
  readonly isOwner: boolean
}

/** The id of the one who has a name. Alphanumeric, and the same for ever. */
export const personId = (name: string): string =>
  createHash('sha256').update(name.normalize('NFC')).digest('hex').slice(0, 20)

/** Whoever uses a server that nobody signs in to. */
export const localPerson = (): Person => ({ id: 'local', name: nameOfProcessOwner(), isOwner: true })

function nameOfProcessOwner(): string {
  try {
    return userInfo().username || 'You'
  } catch {
    // There are processes whose user has no entry anywhere.
    return 'You'
  }
}
