import { type Insertable, sql } from 'kysely'
import type { Entry } from './entries.ts'
import type { Store, Trx } from './store.ts'
import { type EntryTable, folderKind, here, trashed } from './tables.ts'

/** Adds an entry that lies in a folder. `undefined`: its name is taken there. */
export const insertEntry = (trx: Trx, entry: Omit<Insertable<EntryTable>, 'state'>): Promise<Entry | undefined> =>
  trx
    .insertInto('entries')
    .values({ ...entry, state: here })
    .onConflict((conflict) =>
      conflict.columns(['parent_id', 'name_key']).where('state', '=', sql.lit(here)).doNothing(),
    )
    .returningAll()
    .executeTakeFirst()

/** Adds an entry that lies in the trash, where names may be the same. */
export const insertTrashed = async (trx: Trx, entry: Omit<Insertable<EntryTable>, 'state'>): Promise<void> =>
  void (await trx
    .insertInto('entries')
    .values({ ...entry, state: trashed })
    .execute())

/** Sees to it that a folder stays where it is until the transaction ends. `false`: it is not there. */
export async function holdFolder({ engine }: Store, trx: Trx, id: string): Promise<boolean> {
  const folder = trx
    .selectFrom('entries')
    .select('id')
    .where('id', '=', id)
    .where('kind', '=', folderKind)
    .where('state', '=', here)
  return (await (engine === 'postgres' ? folder.forKeyShare() : folder).executeTakeFirst()) !== undefined
}

/** The entry, which nobody else changes, or adds anything to, until the transaction ends. */
export function holdEntry({ engine }: Store, trx: Trx, id: string): Promise<Entry | undefined> {
  const entry = trx.selectFrom('entries').selectAll().where('id', '=', id)
  return (engine === 'postgres' ? entry.forUpdate() : entry).executeTakeFirst()
}
