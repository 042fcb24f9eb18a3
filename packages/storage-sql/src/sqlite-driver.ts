/** What the SQLite drivers have in common. All calls are synchronous. */
export interface SqliteDriver {
  exec(sql: string): unknown
  prepare(sql: string): SqliteStatement
  close(): void
}

/** A prepared statement. */
export interface SqliteStatement {
  run(...values: unknown[]): unknown
  all(...values: unknown[]): unknown[]
}

/** Opens the database at `path`, and makes it if it is not there. What has been committed is on disk. */
export async function openSqliteDriver(path: string): Promise<SqliteDriver> {
  const open = (await builtIn()) ?? (await libsql())
  const driver = opened(open, path)
  driver.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  // SQLite waits without letting anything else run: whoever it waits for may be in this very process.
  driver.exec('PRAGMA busy_timeout = 10')
  return driver
}

type Open = (path: string) => SqliteDriver

/** SQLite does not say which file it could not open. */
function opened(open: Open, path: string): SqliteDriver {
  try {
    return open(path)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `the database ${path} cannot be opened (${why}): see whether its folder is there and may be written to`,
      {
        cause,
      },
    )
  }
}

/** Node.js has SQLite built in from 22.13 on. */
async function builtIn(): Promise<Open | undefined> {
  const name: string = 'node:sqlite'
  const found: { DatabaseSync: new (path: string) => SqliteDriver } | undefined = await import(name).catch(
    () => undefined,
  )
  return found && ((path) => new found.DatabaseSync(path))
}

async function libsql(): Promise<Open> {
  const name: string = 'libsql'
  const found: { default: new (path: string) => SqliteDriver } | undefined = await import(name).catch(() => undefined)
  if (!found) throw new Error('SQLite is missing: use Node.js 22.13 or newer, or install the package libsql')
  return (path) => {
    const driver = new found.default(path)
    return {
      exec: (sql) => driver.exec(sql),
      close: () => driver.close(),
      prepare: (sql) => listed(driver.prepare(sql)),
    }
  }
}

/** To libsql, one value that is an object stands for all values, so they are given as a list. */
const listed = (statement: SqliteStatement): SqliteStatement => ({
  run: (...values) => statement.run(values),
  all: (...values) => statement.all(values),
})
