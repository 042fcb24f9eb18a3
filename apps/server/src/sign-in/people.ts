import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { User } from '@openwopi/host'
import { readUsers } from '../users.ts'

/** Someone who uses this server. */
export interface Person extends User {
  /** Owners may break locks. */
  readonly isOwner: boolean
}

/** Who may use this server. */
export interface People {
  /** Everyone who can sign in. Empty: there is no signing in, and whoever reaches this server is `localPerson`. */
  all(): Promise<readonly Person[]>
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

/** Reads the users file again whenever it has changed: someone who is taken off it is out at once. */
export function people(dataFolder: string): People {
  const path = join(dataFolder, 'users.json')
  let known: readonly Person[] = []
  let knownAs: string | undefined

  return {
    async all() {
      // Asked for with every WOPI call: the synchronous call costs a few microseconds, the other ten times that.
      const found = statSync(path, { throwIfNoEntry: false })
      const foundAs = found ? `${found.ino} ${found.mtimeMs} ${found.size}` : ''
      if (foundAs !== knownAs) {
        const users = found ? await readUsers(dataFolder) : []
        known = users.map(({ name, isOwner }) => ({ id: personId(name), name, isOwner }))
        knownAs = foundAs
      }
      return known
    },
  }
}
