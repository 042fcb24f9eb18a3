import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { askAlone } from './ask-alone.ts'
import { askOver, mayRepeat } from './ask-over.ts'
import type { SqlDialect } from './connect.ts'
import { isConnectionLost } from './database-errors.ts'

/** Kysely over a pool of connections to PostgreSQL, and the same pool without Kysely. */
export function postgresDialect(openPool: () => Promise<Pool>): Pick<SqlDialect, 'dialect' | 'direct'> {
  const open: Open = { pool: undefined }
  return {
    direct: (query) => open.pool && askAlone(open.pool, query),
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => pooled(open, openPool),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }
}

/** The pool from the first question on until Kysely is closed. */
interface Open {
  pool: Pool | undefined
}

function pooled(open: Open, openPool: () => Promise<Pool>): Driver {
  const seats = new WeakMap<DatabaseConnection, Seat>()
  const free: Seat[] = []
  const connect = async () => {
    if (!open.pool) throw new Error('the database is closed')
    return open.pool.connect()
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
      open.pool = (await openPool()).on('connect', (client) => void client.on('error', hear))
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
      const closing = open.pool
      open.pool = undefined
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
    return answered<Row>(client, query)
  }
  const executeQuery = async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
    try {
      return await ask<Row>(query)
    } catch (error) {
      // As it comes, it tells of the socket and not of who has asked.
      if (error instanceof Error) Error.captureStackTrace(error)
      if (!isConnectionLost(error)) throw error
      const mayAgain = isReplaceable && mayRepeat(query)
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

const answered = <Row>(client: PoolClient, query: CompiledQuery): Promise<QueryResult<Row>> =>
  new Promise((resolve, reject) => {
    askOver<Row>(client, query, (error, answer) => (error ? reject(error) : resolve(answer)))
  })
