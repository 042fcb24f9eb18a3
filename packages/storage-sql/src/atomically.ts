import { isTransient } from './database-errors.ts'
import type { Store, Trx } from './store.ts'

/** How often work is tried that the database takes back because other work was quicker. */
const tries = 8

/**
 * Commits all that `work` does, or none of it if it throws. Where the database has taken it back for another's sake, it is
 * done again from the start, so it must change nothing but the database.
 */
export const atomically = <T>({ db }: Pick<Store, 'db'>, work: (trx: Trx) => Promise<T>): Promise<T> =>
  persistently(() => db.transaction().execute(work))

/** Does again what the database has taken back for another's sake. */
export async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === tries || !isTransient(error)) throw error
    }
  }
}
