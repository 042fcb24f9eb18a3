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
import type { Pool, PoolClient } from 'pg'
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
  const held = new WeakMap<DatabaseConnection, Held>()
  const connect = async () => {
    if (!pool) throw new Error('the database is closed')
    return pool.connect()
  }
  const run = async (connection: DatabaseConnection, sql: string) => {
    await connection.executeQuery(CompiledQuery.raw(sql))
  }
  return {
    async init() {
      pool = await openPool()
    },
    async acquireConnection() {
      const client = holding(await connect(), connect)
      const connection = connectionTo(client)
      held.set(connection, client)
      return connection
    },
    releaseConnection: async (connection) => held.get(connection)?.release(),
    async beginTransaction(connection) {
      await run(connection, 'begin')
      held.get(connection)?.enter()
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

/** A connection that is taken from the pool. */
interface Held {
  client(): PoolClient
  /** From here on, what fails fails: another connection would know nothing of what has been done on this one. */
  enter(): void
  /** Takes another connection for the one that is lost. `false`: the caller is to be told. */
  replace(error: Error): Promise<boolean>
  release(): void
}

/** What fails between two statements is found out by the next one; unheard, it would end the process. */
const hear = () => undefined

function holding(first: PoolClient, connect: () => Promise<PoolClient>): Held {
  let client: PoolClient | undefined = first.on('error', hear)
  let isReplaceable = true
  // One that has failed is not used again.
  const drop = (error?: Error) => {
    client?.off('error', hear).release(error)
    client = undefined
  }
  return {
    client() {
      if (!client) throw new Error('the connection to the database is lost: connection terminated')
      return client
    },
    enter() {
      isReplaceable = false
    },
    async replace(error) {
      drop(error)
      if (!isReplaceable) return false
      isReplaceable = false
      client = (await connect()).on('error', hear)
      return true
    },
    release: drop,
  }
}

/** Whether nothing is changed by a statement that may be changed twice: the first of a transaction, and what only reads. */
const mayRepeat = (sql: string): boolean => /^(begin$|select\b)/i.test(sql)

function connectionTo(held: Held): DatabaseConnection {
  const ask = async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
    const { command, rowCount, rows } = await held.client().query({ text: sql, values: [...parameters] })
    const isChange = /^(INSERT|UPDATE|DELETE)$/.test(command)
    return { rows, ...(isChange && { numAffectedRows: BigInt(rowCount ?? 0) }) }
  }
  const executeQuery = async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
    try {
      return await ask<Row>(query)
    } catch (error) {
      if (!isConnectionLost(error)) throw error
      if (!mayRepeat(query.sql)) held.enter()
      // The server may have been restarted since the connection was used last.
      if (await held.replace(error)) return ask<Row>(query)
      throw error
    }
  }
  return {
    executeQuery,
    async *streamQuery<Row>(query: CompiledQuery) {
      yield await executeQuery<Row>(query)
    },
  }
}
