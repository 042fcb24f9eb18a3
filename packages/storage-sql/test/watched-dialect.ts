import type { CompiledQuery, DatabaseConnection } from 'kysely'
import { dialectFor, type SqlDialect } from '../src/connect.ts'

/** What happens around each statement. Either may throw. */
export interface Watch {
  before?(query: CompiledQuery): Promise<void> | void
  after?(query: CompiledQuery): Promise<void> | void
}

/** A database each of whose statements somebody watches. */
export function watchedDialect(address: string, { before, after }: Watch): SqlDialect {
  const { engine, dialect } = dialectFor(address)
  const seen = new WeakSet<DatabaseConnection>()
  const watch = (connection: DatabaseConnection) => {
    if (seen.has(connection)) return connection
    seen.add(connection)
    const execute = connection.executeQuery.bind(connection)
    connection.executeQuery = async (query) => {
      await before?.(query)
      const result = await execute(query)
      await after?.(query)
      return result as never
    }
    return connection
  }
  const createDriver = () => {
    const driver = dialect.createDriver()
    const acquire = driver.acquireConnection.bind(driver)
    driver.acquireConnection = async () => watch(await acquire())
    return driver
  }
  return {
    engine,
    dialect: {
      createDriver,
      createAdapter: () => dialect.createAdapter(),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createQueryCompiler: () => dialect.createQueryCompiler(),
    },
  }
}
