import { type Connected, connectUpToDate, type SqlDialect } from './connect.ts'
import type { PoolOptions } from './open-pool.ts'
import { migrations } from './schema.ts'
import type { Tables } from './tables.ts'

/** A database that is open, its tables as this program needs them. */
export type OpenDatabase = Connected<Tables>

/** Opens `postgres://…`, or `sqlite:` and a path, or what a dialect reaches, and brings its tables up to date. */
export const openDatabase = (database: string | SqlDialect, options: PoolOptions = {}): Promise<OpenDatabase> =>
  connectUpToDate<Tables>(database, { migrations, name: 'storage' }, options)
