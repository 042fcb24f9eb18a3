/** A value as SQLite keeps it. */
export type SqlValue = string | number | null | Uint8Array

/** A prepared statement. `Row` is what its query returns. */
export interface Statement<Row> {
  /** How many rows it has changed. */
  run(...values: SqlValue[]): number
  get(...values: SqlValue[]): Row | undefined
  all(...values: SqlValue[]): Row[]
}

/** An SQLite database. All calls are synchronous; what has been committed is on disk. */
export interface Database {
  exec(sql: string): void
  prepare<Row = never>(sql: string): Statement<Row>
  /** Commits all that `work` does, or none of it if it throws. Inside another transaction it becomes a part of that one. */
  transaction<T>(work: () => T): T
  /** The same, but a power failure may take it back. The end of this process does not. */
  lightTransaction<T>(work: () => T): T
  /** Another number after each change, also after one that was taken back: what was read before may not hold. */
  changes(): number
  close(): void
}

/** What the drivers have in common. */
interface Driver {
  exec(sql: string): unknown
  prepare(sql: string): DriverStatement
  close(): void
}

interface DriverStatement {
  run(...values: unknown[]): unknown
  get(...values: unknown[]): unknown
  all(...values: unknown[]): unknown[]
}

/** Opens the database at `path`, makes it if it is not there, and brings its tables up to the last of `migrations`. */
export async function openDatabase(path: string, migrations: readonly string[] = []): Promise<Database> {
  const database = over(await openDriver(path))
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
  migrate(database, path, migrations)
  return database
}

/** Opens the database at `path` as nobody else can until it is closed. `undefined`: somebody else has it open so. */
export async function openExclusively(path: string): Promise<Database | undefined> {
  const driver = await openDriver(path)
  try {
    driver.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    driver.close()
    if (error instanceof Error && /locked|busy/i.test(error.message)) return undefined
    throw error
  }
  return over(driver)
}

async function openDriver(path: string): Promise<Driver> {
  const driver = ((await builtIn()) ?? (await libsql()))(path)
  driver.exec('PRAGMA busy_timeout = 5000')
  return driver
}

type Open = (path: string) => Driver

/** Node.js has SQLite built in from 22.13 on. */
async function builtIn(): Promise<Open | undefined> {
  const name: string = 'node:sqlite'
  const found: { DatabaseSync: new (path: string) => Driver } | undefined = await import(name).catch(() => undefined)
  return found && ((path) => new found.DatabaseSync(path))
}

async function libsql(): Promise<Open> {
  const name: string = 'libsql'
  const found: { default: new (path: string) => Driver } | undefined = await import(name).catch(() => undefined)
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
const listed = (statement: DriverStatement): DriverStatement => ({
  run: (...values) => statement.run(values),
  get: (...values) => statement.get(values),
  all: (...values) => statement.all(values),
})

function over(driver: Driver): Database {
  let inside = false
  let changes = 0
  const changed = () => {
    changes++
  }
  const transaction = <T>(work: () => T): T => {
    if (inside) return work()
    driver.exec('BEGIN IMMEDIATE')
    inside = true
    try {
      const result = work()
      driver.exec('COMMIT')
      return result
    } catch (error) {
      rollBack(driver)
      changed()
      throw error
    } finally {
      inside = false
    }
  }
  const lightTransaction = <T>(work: () => T): T => {
    if (inside) return work()
    driver.exec('PRAGMA synchronous = NORMAL')
    try {
      return transaction(work)
    } finally {
      driver.exec('PRAGMA synchronous = FULL')
    }
  }
  return {
    transaction,
    lightTransaction,
    exec(sql) {
      driver.exec(sql)
      changed()
    },
    prepare: (sql) => statement(driver.prepare(sql), changed),
    changes: () => changes,
    close: () => driver.close(),
  }
}

/** SQLite has rolled back by itself after some errors, a full disk among them. */
function rollBack(driver: Driver): void {
  try {
    driver.exec('ROLLBACK')
  } catch (error) {
    if (!(error instanceof Error) || !/no transaction/i.test(error.message)) throw error
  }
}

function statement<Row>(prepared: DriverStatement, changed: () => void): Statement<Row> {
  return {
    run(...values) {
      const { changes } = prepared.run(...values) as { changes: number | bigint }
      changed()
      return Number(changes)
    },
    get: (...values) => prepared.get(...values) as Row | undefined,
    all: (...values) => prepared.all(...values) as Row[],
  }
}

function migrate(database: Database, path: string, migrations: readonly string[]): void {
  const version = database.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0
  if (version > migrations.length) throw new Error(`${path} was made by a newer version of this program`)
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue
    database.transaction(() => database.exec(`${sql}; PRAGMA user_version = ${index + 1}`))
  }
}
