import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '@openwopi/storage-folder/database'

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
  begin(signedIn: SignedIn): string
  /** `undefined`: the session has ended, or never was. */
  whose(secret: string): SignedIn | undefined
  end(secret: string): void
}

/** Who signed in, and with which password: a session does not outlive it. */
export interface SignedIn {
  readonly name: string
  readonly passwordMark: string
}

interface Row {
  readonly user_name: string
  readonly password_mark: string
  readonly begun_at: number
  readonly used_at: number
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** Keeps sessions in the server's database, so that a restart signs nobody out. */
export function sessions(database: Database, now: () => number): Sessions {
  const sweep = database.prepare('DELETE FROM sessions WHERE used_at <= ? OR begun_at <= ?')
  const insert = database.prepare(
    'INSERT INTO sessions (hash, user_name, password_mark, begun_at, used_at) VALUES (?, ?, ?, ?, ?)',
  )
  const select = database.prepare<Row>(
    'SELECT user_name, password_mark, begun_at, used_at FROM sessions WHERE hash = ?',
  )
  const note = database.prepare('UPDATE sessions SET used_at = ? WHERE hash = ?')
  const remove = database.prepare('DELETE FROM sessions WHERE hash = ?')

  return {
    begin({ name, passwordMark }) {
      sweep.run(now() - longestIdle, now() - longestLife)
      const secret = randomBytes(32).toString('base64url')
      insert.run(hashOf(secret), name, passwordMark, now(), now())
      return secret
    },
    whose(secret) {
      const row = select.get(hashOf(secret))
      if (!row || row.used_at + longestIdle <= now() || row.begun_at + longestLife <= now()) return undefined
      if (row.used_at + noteEvery <= now()) note.run(now(), hashOf(secret))
      return { name: row.user_name, passwordMark: row.password_mark }
    },
    end(secret) {
      remove.run(hashOf(secret))
    },
  }
}
