import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { QueryResult as PgResult, Pool, PoolClient } from 'pg'
import { isConnectionLost } from './database-errors.ts'

/** Kysely over a pool of connections to PostgreSQL. */
export const postgresDialect = (openPool: () => Promise<Pool>): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => pooled(openPool),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
})

function pooled(openPool: () => Promise<Pool>): Driver {
  let pool: Pool | undefined
  const seats = new WeakMap<DatabaseConnection, Seat>()
  const free: Seat[] = []
  const connect = async () => {
    if (!pool) throw new Error('the database is closed')
    return pool.connect()
  }
  const newSeat = () => {
    const made = seat(connect)
    seats.set(made.connection, made)
    return made
  }
  const run = async (connection: DatabaseConnection, sql: string) => {
    await connection.executeQuery(CompiledQuery.raw(sql))
  }
  return {
    async init() {
      pool = (await openPool()).on('connect', (client) => void client.on('error', hear))
    },
    async acquireConnection() {
      const client = await connect()
      const taken = free.pop() ?? newSeat()
      taken.take(client)
      return taken.connection
    },
    async releaseConnection(connection) {
      const left = seats.get(connection)
      if (!left) return
      left.leave()
      free.push(left)
    },
    async beginTransaction(connection) {
      await run(connection, 'begin')
      seats.get(connection)?.enter()
    },
    commitTransaction: (connection) => run(connection, 'commit'),
    async rollbackTransaction(connection) {
      // A connection that is lost has taken its transaction along.
      await run(connection, 'rollback').catch((error: unknown) => {
        if (!isConnectionLost(error)) throw error
      })
    },
    async destroy() {
      const closing = pool
      pool = undefined
      await closing?.end()
    },
  }
}

/** What fails between two statements is found out by the next one; unheard, it would end the process. */
const hear = () => undefined

/** What Kysely holds while it holds a connection. There are as many as were ever held at once, taken again and again. */
interface Seat {
  readonly connection: DatabaseConnection
  take(client: PoolClient): void
  /** From here on, what fails fails: another connection would know nothing of what has been done on this one. */
  enter(): void
  leave(): void
}

/** Whether nothing is changed by a statement that may be changed twice: the first of a transaction, and what only reads. */
const mayRepeat = (sql: string): boolean => /^(begin$|select\b)/i.test(sql)

function seat(connect: () => Promise<PoolClient>): Seat {
  let client: PoolClient | undefined
  let isReplaceable = true
  // One that has failed is not used again.
  function drop(error?: Error): void {
    const dropped = client
    client = undefined
    dropped?.release(error)
  }
  const ask = <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
    if (!client) throw new Error('the connection to the database is lost: connection terminated')
    return answerOf<Row>(client, query)
  }
  const executeQuery = async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
    try {
      return await ask<Row>(query)
    } catch (error) {
      // As it comes, it tells of the socket and not of who has asked.
      if (error instanceof Error) Error.captureStackTrace(error)
      if (!isConnectionLost(error)) throw error
      const mayAgain = isReplaceable && mayRepeat(query.sql)
      drop(error)
      isReplaceable = false
      if (!mayAgain) throw error
      // The server may have been restarted since the connection was used last.
      client = await connect()
      return ask<Row>(query)
    }
  }
  const connection: DatabaseConnection = {
    executeQuery,
    async *streamQuery<Row>(query: CompiledQuery) {
      yield await executeQuery<Row>(query)
    },
  }
  return {
    connection,
    take(taken) {
      client = taken
      isReplaceable = true
    },
    enter() {
      isReplaceable = false
    },
    leave: drop,
  }
}

/** A callback takes less than a promise that the driver makes, and a text less than an object that it would copy. */
function answerOf<Row>(client: PoolClient, { sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
  return new Promise((resolve, reject) => {
    client.query(sql, [...parameters], (error: Error | undefined, result) => {
      if (error) reject(error)
      else resolve(resultOf<Row>(result))
    })
  })
}

function resultOf<Row>({ command, rowCount, rows }: PgResult): QueryResult<Row> {
  const isChange = command === 'UPDATE' || command === 'INSERT' || command === 'DELETE'
  // The rows are what the query says they are: that is what its type is made of.
  return isChange ? { rows: rows as Row[], numAffectedRows: BigInt(rowCount ?? 0) } : { rows: rows as Row[] }
}
