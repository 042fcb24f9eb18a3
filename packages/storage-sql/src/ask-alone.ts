import type { CompiledQuery, QueryResult } from 'kysely'
import type { Pool } from 'pg'
import { askOver, mayRepeat, type Told } from './ask-over.ts'
import { isConnectionLost } from './database-errors.ts'

/** Asks over any connection of a pool, which is free for others as soon as the answer is there. */
export async function askAlone<Row>(pool: Pool, query: CompiledQuery<Row>): Promise<QueryResult<Row>> {
  try {
    return await new Promise((resolve, reject) => {
      const told: Told<Row> = (error, answer) => (error ? reject(error) : resolve(answer))
      ask(pool, query, { told, mayAgain: mayRepeat(query) })
    })
  } catch (error) {
    // As it comes, it tells of the socket and not of who has asked.
    if (error instanceof Error) Error.captureStackTrace(error)
    throw error
  }
}

interface Asking<Row> {
  readonly told: Told<Row>
  /** Whether it is asked once more over another connection if the first one is lost. */
  readonly mayAgain: boolean
}

function ask<Row>(pool: Pool, query: CompiledQuery<Row>, { told, mayAgain }: Asking<Row>): void {
  pool.connect((notConnected, client, release) => {
    if (!client) return told(notConnected ?? new Error('the database gives no connection'), undefined)
    askOver<Row>(client, query, (...outcome) => {
      const [error] = outcome
      const lost = isConnectionLost(error) ? error : undefined
      // One that has failed is not used again.
      release(lost)
      // The server may have been restarted since the connection was used last.
      if (lost && mayAgain) ask(pool, query, { told, mayAgain: false })
      else told(...outcome)
    })
  })
}
