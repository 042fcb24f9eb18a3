import { type MovedTable, type Records, recordsIn } from '@openwopi/storage-sql/connect'
import type { Kysely } from 'kysely'
import type { StateTables } from './tables.ts'
import { noteUserChange } from './user-changes.ts'

const leftover = ['document', 'content']
const deed = ['at', 'user_id', 'user_name', 'what', 'resource_id', 'resource_name', 'details']

/**
 * What goes along to another database: people, keys, secrets, what has been revoked, what the audit log says, what the
 * built-in office could not save. Who is signed in or has a file open is not.
 */
const tables: readonly (MovedTable & { readonly name: keyof StateTables })[] = [
  { name: 'settings', columns: ['name', 'value'], order: ['name'] },
  { name: 'users', columns: ['name_key', 'name', 'is_owner', 'hash', 'added_at'], order: ['name_key'] },
  {
    name: 'secrets',
    columns: ['application_id', 'user_id', 'user_name', 'key_id', 'sealed', 'changed_at'],
    order: ['application_id', 'user_id'],
  },
  { name: 'mentions_seen', columns: ['user_id', 'until'], order: ['user_id'] },
  { name: 'revoked_tokens', columns: ['id', 'expires_at'], order: ['id'] },
  { name: 'office_spent', columns: ['name', 'spent_at'], order: ['name'] },
  { name: 'office_leftovers', columns: leftover, order: ['number'], same: leftover },
  { name: 'audit', columns: deed, order: ['number'], same: deed },
]

/** What a server keeps besides files, to be moved along with them. */
export function stateRecords(db: Kysely<StateTables>): Records {
  const { all, add } = recordsIn(db, tables)
  return {
    async *all() {
      await refuseUnsaved(db)
      yield* all()
    },
    async add(record) {
      const added = await add(record)
      if (added === true && record.table === 'users')
        await noteUserChange(db, String(record.row['name_key']), Date.now())
      if (added === false && record.table === 'settings') await refuseOther(db, record.row)
      return added
    },
  }
}

/** Links and tokens work only with the key that they were made with. */
async function refuseOther(db: Kysely<StateTables>, { name, value }: Readonly<Record<string, unknown>>): Promise<void> {
  const here = await db.selectFrom('settings').select('value').where('name', '=', String(name)).executeTakeFirst()
  if (here?.value !== value)
    throw new Error(
      `the database has another ${name} already, which stays: what was made with the old one, such as links, does not work here. Bring it into a database that no server has used yet`,
    )
}

async function refuseUnsaved(db: Kysely<StateTables>): Promise<void> {
  const unsaved = await db.selectFrom('office_documents').select('document').where('has_unsaved', '=', 1).execute()
  if (unsaved.length > 0)
    throw new Error(
      `${unsaved.length} documents have changes that the built-in office has not saved yet. Start the servers, let it save, stop them and run this again`,
    )
}
