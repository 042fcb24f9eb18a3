import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { connectTo, migrate } from '@openwopi/storage-sql/connect'
import type { Kysely } from 'kysely'
import { type Revocations, revocations } from '../access/revocations.ts'
import { mainKey } from '../access/secrets.ts'
import type { Config } from '../config.ts'
import { fileUsers, type Users } from '../users.ts'
import { migrations } from './migrations.ts'
import type { StateTables } from './tables.ts'

/** What a server keeps besides files: who may sign in and who has, keys, and what is remembered of clients. */
export interface State {
  readonly db: Kysely<StateTables>
  readonly users: Users
  readonly revocations: Revocations
  /** What everything signed by the server starts from. */
  readonly key: Uint8Array
  close(): Promise<void>
}

/** Opens it. Throws if it was made by a newer version of the server. */
export async function openState({ dataFolder }: Pick<Config, 'dataFolder'>, now: () => number): Promise<State> {
  const { db, close } = await openStateDatabase({ dataFolder })
  try {
    return {
      db,
      users: fileUsers(dataFolder),
      revocations: await revocations(db, now),
      key: await mainKey(dataFolder),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The database alone, for commands. */
export async function openStateDatabase({
  dataFolder,
}: Pick<Config, 'dataFolder'>): Promise<{ readonly db: Kysely<StateTables>; close(): Promise<void> }> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const { db, engine } = connectTo<StateTables>(`sqlite:${join(dataFolder, 'server.db')}`)
  try {
    await migrate(db, migrations(engine), 'server')
    return { db, close: () => db.destroy() }
  } catch (error) {
    await db.destroy()
    throw error
  }
}
