import { type Connected, connectTo, migrate, type SqlDialect } from './connect.ts'
import type { PoolOptions } from './open-pool.ts'
import { migrations } from './schema.ts'
import type { Tables } from './tables.ts'

/** A database that is open, its tables as this program needs them. */
export type OpenDatabase = Connected<Tables>

/** Opens `postgres://…`, or `sqlite:` and a path, or what a dialect reaches, and brings its tables up to date. */
export async function openDatabase(database: string | SqlDialect, options: PoolOptions = {}): Promise<OpenDatabase> {
  const { db, engine } = connectTo<Tables>(database, options)
  try {
    await migrate(db, migrations(engine), 'storage')
    return { db, engine }
  } catch (error) {
    await db.destroy()
    throw error
  }
}
