import { createHash } from 'node:crypto'
import { userInfo } from 'node:os'
import type { User } from '@openwopi/host'
import { isForOthers } from '../addresses.ts'
import type { Config } from '../config.ts'
import type { Users } from '../users.ts'

/** Someone who uses this server. */
export interface Person extends User {
  /** Owners may break locks. */
  readonly isOwner: boolean
}

/** Who may use this server. */
export interface People {
  /** Everyone who can sign in. */
  all(): Promise<readonly Person[]>
  /** Whether whoever reaches this server may use it without signing in. */
  isOpen(): Promise<boolean>
  /** Whether the one with this id may still use it. */
  includes(userId: string): Promise<boolean>
  /** Changes when someone is given another password. `undefined`: nobody has this name. */
  passwordMarkOf(name: string): Promise<string | undefined>
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

/**
 * The people who may sign in, looked up again whenever they have changed: someone who is taken off is out at once.
 * A server that is meant for this machine only is open as long as there are none.
 */
export function people(users: Users, server: Pick<Config, 'host' | 'publicUrl'>): People {
  let known: readonly Person[] = []
  let ids: ReadonlySet<string> = new Set()
  let marks: ReadonlyMap<string, string> = new Map()
  let knownAs: string | undefined

  async function all(): Promise<readonly Person[]> {
    const foundAs = await users.mark()
    if (foundAs !== knownAs) {
      const everyone = await users.all()
      known = everyone.map(({ name, isOwner }) => ({ id: personId(name), name, isOwner }))
      ids = new Set(known.map(({ id }) => id))
      marks = new Map(everyone.map(({ name, passwordMark }) => [name, passwordMark]))
      knownAs = foundAs
    }
    return known
  }

  const isOpenWith = (everyone: readonly Person[]) => everyone.length === 0 && !isForOthers(server)

  return {
    all,
    isOpen: async () => isOpenWith(await all()),
    async passwordMarkOf(name) {
      await all()
      return marks.get(name)
    },
    async includes(userId) {
      const everyone = await all()
      return ids.has(userId) || isOpenWith(everyone)
    },
  }
}
