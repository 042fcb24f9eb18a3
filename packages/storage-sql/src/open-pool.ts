import type { ClientBase, Pool } from 'pg'

/** How a database server is talked to. */
export interface PoolOptions {
  /** Connections at most; default 10. */
  readonly connections?: number
  /** Whether statements may take as long as they need. */
  readonly isPatient?: boolean
  /** Told of connections that fail while nobody uses them. */
  readonly onConnectionLost?: (error: Error) => void
}

/** In milliseconds: a server that does not answer is taken for away, so that no caller waits for ever. */
const [connectWithin, answerWithin] = [5_000, 25_000]

/**
 * What the server is told to hold a connection to, in milliseconds. It is told in a statement of its own, as poolers like
 * PgBouncer take no settings at the start of a connection. A process that is stopped in the middle of a transaction holds
 * nobody up until they give up.
 */
const held = 'set statement_timeout = 20000; set lock_timeout = 10000; set idle_in_transaction_session_timeout = 5000'

/** The type of 64-bit integers. None here is beyond what a number holds. */
const int8 = 20

/** Opens a pool of connections to PostgreSQL. Nothing is connected yet. */
export async function openPool(
  address: string,
  { connections = 10, isPatient = false, onConnectionLost }: PoolOptions,
): Promise<Pool> {
  const { default: pg } = await import('pg')
  const types = {
    getTypeParser: (type: number, format?: 'text' | 'binary') =>
      type === int8 ? Number : pg.types.getTypeParser(type, format),
  }
  const pool = new pg.Pool({
    connectionTimeoutMillis: connectWithin,
    ...(!isPatient && { query_timeout: answerWithin }),
    connectionString: address,
    max: connections,
    keepAlive: true,
    application_name: 'openwopi',
    types,
    // Nobody has the connection before. What fails here fails again with the first question.
    ...(!isPatient && { onConnect: (client: ClientBase) => client.query(held).catch(() => undefined) }),
  })
  // Without a listener, a connection that is lost while it is idle would end the process.
  pool.on('error', (error) => onConnectionLost?.(error))
  return pool
}
