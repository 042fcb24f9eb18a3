import type { Pool } from 'pg'

/** How a database server is talked to. */
export interface PoolOptions {
  /** Connections at most; default 10. */
  readonly connections?: number
  /** Told of connections that fail while nobody uses them. */
  readonly onConnectionLost?: (error: Error) => void
}

/** In milliseconds: a server that does not answer is taken for away, so that no caller waits for ever. */
const limits = {
  connectionTimeoutMillis: 5_000,
  query_timeout: 25_000,
  statement_timeout: 20_000,
  lock_timeout: 10_000,
  // A process that is stopped in the middle of a transaction holds nobody up until they give up.
  idle_in_transaction_session_timeout: 5_000,
}

/** The type of 64-bit integers. None here is beyond what a number holds. */
const int8 = 20

/** Opens a pool of connections to PostgreSQL. Nothing is connected yet. */
export async function openPool(address: string, { connections = 10, onConnectionLost }: PoolOptions): Promise<Pool> {
  const { default: pg } = await import('pg')
  const types = {
    getTypeParser: (type: number, format?: 'text' | 'binary') =>
      type === int8 ? Number : pg.types.getTypeParser(type, format),
  }
  const pool = new pg.Pool({
    ...limits,
    connectionString: address,
    max: connections,
    keepAlive: true,
    application_name: 'openwopi',
    types,
  })
  // Without a listener, a connection that is lost while it is idle would end the process.
  pool.on('error', (error) => onConnectionLost?.(error))
  return pool
}
