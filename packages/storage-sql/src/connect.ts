import { type CompiledQuery, type Dialect, Kysely, type Migration, Migrator, type QueryResult } from 'kysely'
import { type Ask, askThrough } from './compile-once.ts'
import type { Engine } from './engine.ts'
import { openPool, type PoolOptions } from './open-pool.ts'
import { postgresDialect } from './postgres-dialect.ts'
import { sqliteDialect } from './sqlite-dialect.ts'

/** A database that can be asked. Nothing is connected before somebody does. */
export interface Connected<Tables> {
  readonly db: Kysely<Tables>
  readonly engine: Engine
  /** Asks by itself what has been put together: as `db` does, with less in between where there is a way. */
  readonly ask: Ask
}

/** What an address of a database is, as messages say it. */
const addressForms = 'postgres://user@host/name or sqlite:path'

/** A database as Kysely reaches it. */
export interface SqlDialect {
  readonly engine: Engine
  readonly dialect: Dialect
  /**
   * Asks by itself, over a connection that Kysely does not hold. `undefined`: Kysely has not opened the database, or has
   * closed it. Absent: there is no such way.
   */
  readonly direct?: <Row>(query: CompiledQuery<Row>) => Promise<QueryResult<Row>> | undefined
}

/** Speaks to `postgres://…`, to `sqlite:` and a path, or to what a dialect reaches. */
export function connectTo<Tables>(database: string | SqlDialect, options: PoolOptions = {}): Connected<Tables> {
  const { engine, dialect, direct } = typeof database === 'string' ? dialectFor(database, options) : database
  const db = new Kysely<Tables>({ dialect })
  const through = askThrough(db)
  return { db, engine, ask: direct ? (query) => direct(query) ?? through(query) : through }
}

/** How Kysely reaches what an address names. */
export function dialectFor(address: string, options: PoolOptions = {}): SqlDialect {
  if (/^postgres(ql)?:\/\//.test(address))
    return { engine: 'postgres', ...postgresDialect(() => openPool(address, options)) }
  const path = /^sqlite:(?:\/\/)?(.+)$/.exec(address)?.[1]
  if (path !== undefined) return { engine: 'sqlite', dialect: sqliteDialect(path) }
  throw new Error(`a database is ${addressForms}, not ${JSON.stringify(withoutPassword(address))}`)
}

/** The tables that a program needs. `name` keeps apart what several programs have in one database. */
export interface Schema {
  readonly migrations: (engine: Engine) => Readonly<Record<string, Migration>>
  readonly name: string
}

/**
 * The same with tables that are up to date. Over a connection of its own they are brought there, on which a server lets
 * statements take as long as they need: an index of a large table takes minutes.
 */
export async function connectUpToDate<Tables>(
  database: string | SqlDialect,
  { migrations, name }: Schema,
  options: PoolOptions = {},
): Promise<Connected<Tables>> {
  const connected = connectTo<Tables>(database, options)
  const { engine } = connected
  const hasLimits = typeof database === 'string' && engine === 'postgres'
  const patient = hasLimits ? connectTo<Tables>(database, { connections: 1, isPatient: true }) : connected
  try {
    await migrate(patient.db, migrations(engine), name)
    return connected
  } catch (error) {
    await connected.db.destroy()
    throw error
  } finally {
    if (patient !== connected) await patient.db.destroy()
  }
}

/** Brings tables up to date. `name` keeps apart what several programs have in one database. */
export async function migrate<Tables>(
  db: Kysely<Tables>,
  migrations: Readonly<Record<string, Migration>>,
  name: string,
): Promise<void> {
  const provider = { getMigrations: async () => migrations }
  const names = { migrationTableName: `${name}_migrations`, migrationLockTableName: `${name}_migrations_lock` }
  // What was done is known by name: when it was, the clocks of several servers may put in another order.
  const migrator = new Migrator({ db, provider, ...names, allowUnorderedMigrations: true })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  const isNewer = error instanceof Error && /previously executed migration/.test(error.message)
  throw isNewer ? new Error('the database was made by a newer version of this program', { cause: error }) : error
}

/** An address as it may be shown. */
export const withoutPassword = (address: string): string => address.replace(/(:\/\/[^/@]*?):[^@]*@/, '$1:…@')

export { type MovedRecord, type MovedTable, type Records, recordsIn } from './adopt/records.ts'
export { type Channel, type ChannelListener, longestMessage, openChannel } from './channel.ts'
export { isConnectionLost } from './database-errors.ts'
export type { Engine } from './engine.ts'
export { UnrecordedContent } from './unrecorded-content.ts'
