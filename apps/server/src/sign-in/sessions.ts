import { createHash, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { StateTables } from '../state/tables.ts'

const minute = 60_000
const day = 24 * 60 * minute
/** A session that is not used for this many milliseconds ends. */
const longestIdle = 7 * day
/** However much it is used, it ends after so many milliseconds. */
const longestLife = 30 * day
/** That a session is used is written down at most this often, in milliseconds. */
const noteEvery = 10 * minute

/** Who is signed in. A session is known by a secret that only the browser keeps; the server keeps its hash. */
export interface Sessions {
  /** The secret of a new session. */
  begin(signedIn: SignedIn): Promise<string>
  /** `undefined`: the session has ended, or never was. */
  whose(secret: string): Promise<SignedIn | undefined>
  end(secret: string): Promise<void>
  /** Those used last, first, and how many there are. */
  list(limit: number): Promise<{ readonly all: readonly ListedSession[]; readonly total: number }>
  /** Ends the one with this id, and says whose it was. `undefined`: there is none. */
  endOne(id: string): Promise<string | undefined>
  /** The id of the session with this secret: it opens nothing. */
  idOf(secret: string): string
}

/** A session as owners see it. Times are milliseconds since the epoch. */
export interface ListedSession {
  readonly id: string
  readonly name: string
  readonly begunAt: number
  readonly usedAt: number
}

/** Who signed in, and with which password: a session does not outlive it. */
export interface SignedIn {
  readonly name: string
  readonly passwordMark: string
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** Keeps sessions in the server's database, so that a restart signs nobody out, and every node knows them. */
export function sessions(db: Kysely<StateTables>, now: () => number): Sessions {
  return {
    async begin({ name, passwordMark }) {
      await db
        .deleteFrom('sessions')
        .where((row) => row.or([row('used_at', '<=', now() - longestIdle), row('begun_at', '<=', now() - longestLife)]))
        .execute()
      const secret = randomBytes(32).toString('base64url')
      const times = { begun_at: now(), used_at: now() }
      await db
        .insertInto('sessions')
        .values({ hash: hashOf(secret), user_name: name, password_mark: passwordMark, ...times })
        .execute()
      return secret
    },
    async whose(secret) {
      const hash = hashOf(secret)
      const row = await db.selectFrom('sessions').selectAll().where('hash', '=', hash).executeTakeFirst()
      if (!row || row.used_at + longestIdle <= now() || row.begun_at + longestLife <= now()) return undefined
      if (row.used_at + noteEvery <= now())
        await db.updateTable('sessions').set({ used_at: now() }).where('hash', '=', hash).execute()
      return { name: row.user_name, passwordMark: row.password_mark }
    },
    async end(secret) {
      await db.deleteFrom('sessions').where('hash', '=', hashOf(secret)).execute()
    },
    async list(limit) {
      const { total } = await db
        .selectFrom('sessions')
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .where('used_at', '>', now() - longestIdle)
        .executeTakeFirstOrThrow()
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where('used_at', '>', now() - longestIdle)
        .orderBy('used_at', 'desc')
        .orderBy('hash')
        .limit(limit)
        .execute()
      const all = rows.map(({ hash, user_name, begun_at, used_at }) => ({
        ...{ id: hash, name: user_name, begunAt: begun_at, usedAt: used_at },
      }))
      return { all, total }
    },
    async endOne(id) {
      const row = await db.deleteFrom('sessions').where('hash', '=', id).returning('user_name').executeTakeFirst()
      return row?.user_name
    },
    idOf: hashOf,
  }
}
