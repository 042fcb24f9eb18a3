import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest'
import { startPostgres } from '../../../scripts/postgres.js'
import { openDatabase } from '../src/open-database.ts'

/** Where the tests of a file find databases that are empty. */
export interface Databases {
  readonly engine: 'sqlite' | 'postgres'
  /** The address of a new one, gone when the test ends. */
  fresh(): Promise<string>
}

/** Runs the same tests over both engines. */
export function overEach(tests: (databases: Databases) => void): void {
  describe('over SQLite', () => tests(sqlite))
  describe('over PostgreSQL', () => tests(postgres()))
}

/** Databases in files of their own. */
export const sqlite: Databases = {
  engine: 'sqlite',
  async fresh() {
    const folder = mkdtempSync(join(tmpdir(), 'openwopi-sql-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return `sqlite:${join(folder, 'data.db')}`
  },
}

type Server = Awaited<ReturnType<typeof startPostgres>>

/** A database of a server that runs as long as the tests of the file, emptied for each. */
export function postgres(onStart: (server: Server) => void = () => undefined): Databases {
  let server: Server | undefined
  const address = () => (server?.url ?? '').replace(/\/postgres$/, '/tests')
  beforeAll(async () => {
    server = await startPostgres()
    onStart(server)
    await ask(server.url, 'create database tests')
    await (await openDatabase(address())).db.destroy()
  })
  afterAll(() => server?.stop())
  return {
    engine: 'postgres',
    async fresh() {
      await ask(address(), emptyAll)
      return address()
    },
  }
}

const emptyAll = `do $$ begin
  execute (select 'truncate ' || string_agg(quote_ident(tablename), ',') || ' restart identity'
    from pg_tables where schemaname = 'public' and tablename not like '%migrations%');
end $$`

/** Runs one statement. */
export async function ask(address: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
