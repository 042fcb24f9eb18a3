import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { withForked } from './forked-server.ts'

/** A PostgreSQL that runs on this machine. */
export interface Database {
  /** The address of its first database. */
  readonly url: string
  /** Where it keeps what it holds. */
  readonly folder: string
  /** Makes a database with nothing in it, and says its address. */
  fresh(): Promise<string>
}

/** Starts a PostgreSQL, runs a measure on it, and ends it. Nothing is set that would lose what has been committed. */
export const withDatabase = <T>(run: (database: Database) => Promise<T>, settings: object = {}): Promise<T> =>
  withForked('database.js', [JSON.stringify(settings)], (said: Pick<Database, 'url' | 'folder'>) =>
    run({
      ...said,
      async fresh() {
        const name = `bench_${randomUUID().replaceAll('-', '')}`
        await execute(said.url, [`create database ${name}`])
        return said.url.replace(/[^/]+$/, name)
      },
    }),
  )

/** Runs statements one after another on a connection of their own. */
export const execute = (url: string, statements: readonly string[]): Promise<void> =>
  connected(url, async (client) => {
    for (const statement of statements) await client.query(statement)
  })

/** The rows of one statement. */
export const query = <Row extends pg.QueryResultRow>(url: string, statement: string): Promise<readonly Row[]> =>
  connected(url, async (client) => (await client.query<Row>(statement)).rows)

async function connected<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}
