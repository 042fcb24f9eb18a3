import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { inTurn } from './in-turn.ts'
import { patient } from './patient.ts'
import { openSqliteDriver, type SqliteDriver, type SqliteStatement } from './sqlite-driver.ts'

/** Kysely over an SQLite database at `path`. */
export const sqliteDialect = (path: string): Dialect => ({
  createAdapter: () => new TransactionalAdapter(),
  createDriver: () => oneConnection(path),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
})

/** SQLite changes its tables in a transaction as it does rows: of two that migrate at once, one waits. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** All work shares one connection: it is synchronous, so a second one would only wait for the first. */
function oneConnection(path: string): Driver {
  const turn = inTurn()
  let driver: SqliteDriver | undefined
  let connection: DatabaseConnection | undefined
  let release = () => {}
  const run = async (connection: DatabaseConnection, sql: string) => {
    await connection.executeQuery(CompiledQuery.raw(sql))
  }
  return {
    async init() {
      driver = await openSqliteDriver(path)
      connection = patient(connectionTo(driver))
    },
    async acquireConnection() {
      const next = await turn()
      if (!connection) {
        next()
        throw new Error(`${path} is closed`)
      }
      release = next
      return connection
    },
    releaseConnection: async () => release(),
    // Whoever begins to write first goes first: nobody finds out halfway through that another one came between.
    beginTransaction: (connection) => run(connection, 'begin immediate'),
    commitTransaction: (connection) => run(connection, 'commit'),
    async rollbackTransaction(connection) {
      // SQLite has rolled back by itself after some errors, a full disk among them.
      await run(connection, 'rollback').catch((error: unknown) => {
        if (!(error instanceof Error) || !/no transaction/i.test(error.message)) throw error
      })
    },
    async destroy() {
      const next = await turn()
      connection = undefined
      driver?.close()
      next()
    },
  }
}

/** Whether a statement answers with rows. */
const asks = (sql: string): boolean => /^\s*(select|with|pragma|explain)\b|\breturning\b/i.test(sql)

/** How many statements stay prepared. */
const mostPrepared = 500

function connectionTo(driver: SqliteDriver): DatabaseConnection {
  const prepared = new Map<string, SqliteStatement>()
  const prepare = (sql: string) => {
    const statement = prepared.get(sql) ?? driver.prepare(sql)
    if (prepared.size < mostPrepared) prepared.set(sql, statement)
    return statement
  }
  const executeQuery = async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
    const statement = prepare(sql)
    // The rows are what the query says they are: that is what its type is made of.
    if (asks(sql)) return { rows: statement.all(...parameters) as Row[] }
    const { changes } = statement.run(...parameters) as { changes: number | bigint }
    return { rows: [], numAffectedRows: BigInt(changes) }
  }
  return {
    executeQuery,
    async *streamQuery<Row>(query: CompiledQuery) {
      yield await executeQuery<Row>(query)
    },
  }
}
