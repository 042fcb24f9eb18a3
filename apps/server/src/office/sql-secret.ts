import type { SecretPlace } from '@openwopi/office/nodes'
import type { OfficeStore } from './office-store.ts'

/** A secret among the settings that all servers of a database share. */
export function sqlSecret({ db }: Pick<OfficeStore, 'db'>, name: string): SecretPlace {
  const read = async () =>
    (await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst())?.value
  return {
    read,
    async begin(value) {
      await db
        .insertInto('settings')
        .values({ name, value })
        .onConflict((row) => row.doNothing())
        .execute()
      return (await read()) ?? value
    },
    async replace(value) {
      await db.updateTable('settings').set({ value }).where('name', '=', name).execute()
    },
  }
}
