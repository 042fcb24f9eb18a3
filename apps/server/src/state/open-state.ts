import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { connectUpToDate, type Engine } from '@openwopi/storage-sql/connect'
import type { Kysely } from 'kysely'
import { type Revocations, revocations } from '../access/revocations.ts'
import { mainKey } from '../access/secrets.ts'
import type { Config } from '../config.ts'
import { fileUsers, type Users } from '../users.ts'
import { migrations } from './migrations.ts'
import { sqlUsers } from './sql-users.ts'
import type { StateTables } from './tables.ts'

/** What a server keeps besides files: who may sign in and who has, keys, and what is remembered of clients. */
export interface State {
  readonly db: Kysely<StateTables>
  /** Whose SQL it speaks. */
  readonly engine: Engine
  readonly users: Users
  readonly revocations: Revocations
  /** What everything signed by the server starts from. */
  readonly key: Uint8Array
  close(): Promise<void>
}

/** Where it is kept: in the database of the files if they are in one, which all its servers share; else in the data folder. */
export type StatePlace = Pick<Config, 'dataFolder' | 'database'>

/** Opens it. Throws if it was made by a newer version of the server. */
export async function openState(place: StatePlace, now: () => number): Promise<State> {
  const { db, engine, close } = await openStateDatabase(place)
  try {
    const taken = await revocations(db, now)
    const timer = place.database === undefined ? undefined : refreshing(taken)
    return {
      db,
      engine,
      users: place.database === undefined ? fileUsers(place.dataFolder) : sqlUsers(db, now),
      revocations: taken,
      key: place.database === undefined ? await mainKey(place.dataFolder) : await sharedKey(db),
      async close() {
        clearInterval(timer)
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** How often a server asks what others have taken back, in milliseconds: as long does it take at most until it counts. */
const refreshEvery = 1000

/** While the database is away, what is known counts: tokens that end by themselves are checked by their own time. */
const refreshing = ({ refresh }: Revocations) =>
  setInterval(() => refresh().catch(() => undefined), refreshEvery).unref()

/** Who may sign in, for commands. */
export async function withUsers<T>(place: StatePlace, work: (users: Users) => Promise<T>): Promise<T> {
  if (place.database === undefined) return work(fileUsers(place.dataFolder))
  const { db, close } = await openStateDatabase(place)
  return work(sqlUsers(db, Date.now)).finally(close)
}

/** The database alone, for commands. */
export async function openStateDatabase({
  dataFolder,
  database,
}: StatePlace): Promise<Pick<State, 'db' | 'engine' | 'close'>> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const address = database ?? `sqlite:${join(dataFolder, 'server.db')}`
  const { db, engine } = await connectUpToDate<StateTables>(address, { migrations, name: 'server' }, { connections })
  return { db, engine, close: () => db.destroy() }
}

/** Files have connections of their own; these few are for signing in and the like. */
const connections = 3

/** The key of all servers of a database. Of two that start at once, both take the one that came first. */
async function sharedKey(db: Kysely<StateTables>): Promise<Uint8Array> {
  const name = 'key'
  const value = randomBytes(32).toString('base64')
  await db
    .insertInto('settings')
    .values({ name, value })
    .onConflict((row) => row.doNothing())
    .execute()
  const kept = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirstOrThrow()
  return Buffer.from(kept.value, 'base64')
}
