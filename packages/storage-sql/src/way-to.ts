import { sql } from 'kysely'
import type { Entry } from './entries.ts'
import { isKey } from './names.ts'
import type { Store } from './store.ts'
import { here } from './tables.ts'

/** The entries from the root down to the one of this id, in one round trip. Empty: there is none. */
export async function wayTo({ db }: Pick<Store, 'db'>, id: string): Promise<readonly Entry[]> {
  if (!isKey(id)) return []
  const rows = await db
    .withRecursive('way', (with_) =>
      with_
        .selectFrom('entries')
        .selectAll('entries')
        .select(sql<number>`0`.as('height'))
        .where('id', '=', id)
        .where('state', '=', here)
        .unionAll((union) =>
          union
            .selectFrom('entries')
            .innerJoin('way', 'way.parent_id', 'entries.id')
            .selectAll('entries')
            .select(sql<number>`way.height + 1`.as('height')),
        ),
    )
    .selectFrom('way')
    .selectAll()
    .orderBy('height', 'desc')
    .execute()
  return rows
}
