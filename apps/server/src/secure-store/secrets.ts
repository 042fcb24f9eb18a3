import type { SecureStore, StoredCredentials, User } from '@openwopi/host'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { StateTables } from '../state/tables.ts'
import type { KeyRing } from './keys.ts'
import { open, seal } from './sealing.ts'
import { secretNames } from './secret-names.ts'

/** Credentials in the server's database, each sealed with a key that is not in it. */
export interface Secrets extends SecureStore {
  /** Keeps credentials in place of those that were kept. */
  put(applicationId: string, user: User, credentials: StoredCredentials): Promise<void>
  /** Seals all anew with the first key, or none if one cannot be opened; how many those were. The other keys can go then. */
  reseal(): Promise<number>
}

/** The ones that are meant: what a seal is bound to, and what they are called in messages. */
interface Place {
  readonly applicationId: string
  readonly user: Pick<User, 'id' | 'name'>
}

const credentials = z.object({
  userName: z.string(),
  password: z.string(),
  isWindows: z.boolean().exactOptional(),
  isGroup: z.boolean().exactOptional(),
})

/** Opens and seals with the keys of `ring`. The database is read at each call: another process may have put something in. */
export const secrets = (db: Kysely<StateTables>, ring: KeyRing, now: () => number): Secrets => ({
  async read(applicationId, user) {
    const text = await read(db, ring, { applicationId, user })
    return text === undefined ? undefined : credentials.parse(JSON.parse(text))
  },
  put: (applicationId, user, given) =>
    write(db, { applicationId, user }, sealedBy(ring, now), JSON.stringify(credentials.parse(given))),
  reseal: () =>
    db.transaction().execute(async (transaction) => {
      const old = (await secretNames(transaction).all()).filter(({ keyId }) => keyId !== ring.sealing.id)
      for (const { applicationId, userId, userName } of old) {
        const place = { applicationId, user: { id: userId, name: userName } }
        await write(transaction, place, sealedBy(ring, now), (await read(transaction, ring, place)) ?? '')
      }
      return old.length
    }),
})

/** What a secret's row says besides whose it is. */
type Seal = (place: Place, text: string) => Pick<StateTables['secrets'], 'key_id' | 'sealed' | 'changed_at'>

const sealedBy =
  ({ sealing }: KeyRing, now: () => number): Seal =>
  (place, text) => ({ key_id: sealing.id, sealed: seal(text, labelOf(place), sealing), changed_at: now() })

async function write(db: Kysely<StateTables>, place: Place, sealed: Seal, text: string): Promise<void> {
  const { applicationId, user } = place
  const values = { user_name: user.name, ...sealed(place, text) }
  await db
    .insertInto('secrets')
    .values({ application_id: applicationId, user_id: user.id, ...values })
    .onConflict((row) => row.columns(['application_id', 'user_id']).doUpdateSet(values))
    .execute()
}

async function read(db: Kysely<StateTables>, ring: KeyRing, place: Place): Promise<string | undefined> {
  const row = await db
    .selectFrom('secrets')
    .select(['key_id', 'sealed'])
    .where('application_id', '=', place.applicationId)
    .where('user_id', '=', place.user.id)
    .executeTakeFirst()
  if (!row) return undefined
  const key = ring.find(row.key_id)
  if (!key) throw unreadable(place, 'were sealed with a key that is not among those configured')
  const text = open(new Uint8Array(row.sealed), labelOf(place), key)
  if (text === undefined) throw unreadable(place, 'were changed in the database from outside, or are damaged')
  return text
}

/** Moved to another application or another user, what is sealed does not open. */
const labelOf = ({ applicationId, user }: Place) => JSON.stringify(['openwopi credentials', 1, applicationId, user.id])

const unreadable = ({ applicationId, user }: Place, why: string) =>
  new Error(
    `The credentials of ${user.name} for ${JSON.stringify(applicationId)} ${why}. Put them anew with "openwopi secret put", or take them away with "openwopi secret remove".`,
  )
