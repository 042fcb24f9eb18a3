import type { SecureStore, StoredCredentials, User } from '@openwopi/host'
import type { Database } from '@openwopi/storage-folder/database'
import { z } from 'zod'
import type { KeyRing } from './keys.ts'
import { open, seal } from './sealing.ts'
import { secretNames } from './secret-names.ts'

/** Credentials in the server's database, each sealed with a key that is not in it. */
export interface Secrets extends SecureStore {
  /** Keeps credentials in place of those that were kept. */
  put(applicationId: string, user: User, credentials: StoredCredentials): Promise<void>
  /** Seals all anew with the first key, or none if one cannot be opened; how many those were. The other keys can go then. */
  reseal(): number
}

/** The ones that are meant: what a seal is bound to, and what they are called in messages. */
interface Place {
  readonly applicationId: string
  readonly user: Pick<User, 'id' | 'name'>
}

interface Sealed {
  readonly keyId: string
  readonly sealed: Uint8Array
}

const credentials = z.object({
  userName: z.string(),
  password: z.string(),
  isWindows: z.boolean().exactOptional(),
  isGroup: z.boolean().exactOptional(),
})

/** Opens and seals with the keys of `ring`. The database is read at each call: another process may have put something in. */
export function secrets(database: Database, ring: KeyRing, now: () => number): Secrets {
  const names = secretNames(database)
  const find = database.prepare<Sealed>(
    'SELECT key_id AS keyId, CAST(sealed AS BLOB) AS sealed FROM secrets WHERE application_id = ? AND user_id = ?',
  )
  const replace = database.prepare(
    'INSERT OR REPLACE INTO secrets (application_id, user_id, user_name, key_id, sealed, changed_at) VALUES (?, ?, ?, ?, ?, ?)',
  )

  function write(place: Place, text: string): void {
    const { applicationId, user } = place
    replace.run(applicationId, user.id, user.name, ring.sealing.id, seal(text, labelOf(place), ring.sealing), now())
  }

  function read(place: Place): string | undefined {
    const row = find.get(place.applicationId, place.user.id)
    if (!row) return undefined
    const key = ring.find(row.keyId)
    if (!key) throw unreadable(place, 'were sealed with a key that is not among those configured')
    const text = open(row.sealed, labelOf(place), key)
    if (text === undefined) throw unreadable(place, 'were changed in the database from outside, or are damaged')
    return text
  }

  return {
    async read(applicationId, user) {
      const text = read({ applicationId, user })
      return text === undefined ? undefined : credentials.parse(JSON.parse(text))
    },
    async put(applicationId, user, given) {
      write({ applicationId, user }, JSON.stringify(credentials.parse(given)))
    },
    reseal: () =>
      database.transaction(() => {
        const old = names.all().filter(({ keyId }) => keyId !== ring.sealing.id)
        for (const { applicationId, userId, userName } of old) {
          const place = { applicationId, user: { id: userId, name: userName } }
          write(place, read(place) ?? '')
        }
        return old.length
      }),
  }
}

/** Moved to another application or another user, what is sealed does not open. */
const labelOf = ({ applicationId, user }: Place) => JSON.stringify(['openwopi credentials', 1, applicationId, user.id])

const unreadable = ({ applicationId, user }: Place, why: string) =>
  new Error(
    `The credentials of ${user.name} for ${JSON.stringify(applicationId)} ${why}. Put them anew with "openwopi secret put", or take them away with "openwopi secret remove".`,
  )
