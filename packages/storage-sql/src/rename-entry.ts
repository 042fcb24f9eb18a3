import { persistently } from './atomically.ts'
import { isTaken } from './database-errors.ts'
import { type Entry, rootId } from './entries.ts'
import { checkName, isKey, namesOf } from './names.ts'
import type { Store } from './store.ts'
import { here } from './tables.ts'

/** Gives a file or a folder another name if that is free. `undefined`: it is not, or there is no such entry. */
export async function renameEntry(
  { db }: Store,
  { id, kind }: Pick<Entry, 'id' | 'kind'>,
  name: string,
): Promise<Entry | undefined> {
  checkName(name)
  if (id === rootId) throw new Error('the folder that everything lies in cannot be renamed')
  if (!isKey(id)) return undefined
  const change = db
    .updateTable('entries')
    .set(namesOf(name))
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('state', '=', here)
    .returningAll()
  try {
    return await persistently(() => change.executeTakeFirst())
  } catch (error) {
    if (isTaken(error)) return undefined
    throw error
  }
}
