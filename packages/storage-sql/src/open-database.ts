import { Kysely, Migrator } from 'kysely'
import type { Engine } from './engine.ts'
import { openPool, type PoolOptions } from './open-pool.ts'
import { postgresDialect } from './postgres-dialect.ts'
import { migrations } from './schema.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import type { Tables } from './tables.ts'

/** A database that is open, its tables as this program needs them. */
export interface OpenDatabase {
  readonly db: Kysely<Tables>
  readonly engine: Engine
}

/** Opens `postgres://…`, or `sqlite:` and a path, and brings its tables up to date. */
export async function openDatabase(address: string, options: PoolOptions = {}): Promise<OpenDatabase> {
  const engine = engineOf(address)
  const dialect =
    engine === 'postgres'
      ? postgresDialect(() => openPool(address, options))
      : sqliteDialect(address.replace(/^sqlite:(\/\/)?/, ''))
  const db = new Kysely<Tables>({ dialect })
  try {
    await migrate(db, engine)
    return { db, engine }
  } catch (error) {
    await db.destroy()
    throw error
  }
}

function engineOf(address: string): Engine {
  if (/^postgres(ql)?:\/\//.test(address)) return 'postgres'
  if (/^sqlite:./.test(address)) return 'sqlite'
  throw new Error(
    `a database is postgres://user@host/name or sqlite:path, not ${JSON.stringify(withoutPassword(address))}`,
  )
}

/** An address as it may be shown. */
const withoutPassword = (address: string): string => address.replace(/(:\/\/[^/@]*?):[^@]*@/, '$1:…@')

async function migrate(db: Kysely<Tables>, engine: Engine): Promise<void> {
  const provider = { getMigrations: async () => migrations(engine) }
  const names = { migrationTableName: 'migrations', migrationLockTableName: 'migrations_lock' }
  const { error } = await new Migrator({ db, provider, ...names }).migrateToLatest()
  if (error === undefined) return
  const isNewer = error instanceof Error && /previously executed migration/.test(error.message)
  throw isNewer ? new Error('the database was made by a newer version of this program', { cause: error }) : error
}
