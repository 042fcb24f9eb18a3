import type { RestrictedLink, RestrictedLinks } from '@openwopi/host'
import { linkSecrets } from '@openwopi/host/adapter'
import type { Selectable } from 'kysely'
import { gathered, grouped } from './gathered.ts'
import { isKey } from './names.ts'
import type { LinkOptions } from './shares.ts'
import type { Store } from './store.ts'
import type { RestrictedLinkTable } from './tables.ts'

/** Which links of restricted use there are to what is in a database. */
export interface RestrictedLinkOptions extends LinkOptions {
  /** The uses, such as `FORMS`. */
  readonly kinds: readonly string[]
}

type Row = Selectable<RestrictedLinkTable>

/** Links of restricted use in a database: one for each file and use. */
export function openRestrictedLinks(
  { db, newId }: Store,
  { base, key, kinds }: RestrictedLinkOptions,
): RestrictedLinks {
  const secrets = linkSecrets(key, 'restricted link')
  const links = () => db.selectFrom('restricted_links').selectAll()
  const toLink = ({ id, file_id, kind, author }: Row): RestrictedLink => ({
    ...{ id, url: base + secrets.secretOf(id), fileId: file_id, kind, by: JSON.parse(author) },
  })

  async function get(id: string): Promise<RestrictedLink | undefined> {
    const row = isKey(id) ? await links().where('id', '=', id).executeTakeFirst() : undefined
    return row && toLink(row)
  }

  // A page of a folder asks this of everything on it at once.
  const rowsOf = gathered(async (ids) =>
    grouped(await links().where('file_id', 'in', ids).orderBy('kind').execute(), (row) => row.file_id),
  )

  return {
    kinds,
    get,
    async link(fileId, kind, by) {
      const author = JSON.stringify({ id: by.id, name: by.name })
      await db
        .insertInto('restricted_links')
        .values({ id: newId(), file_id: fileId, kind, author })
        .onConflict((conflict) => conflict.columns(['file_id', 'kind']).doNothing())
        .execute()
      const row = await links().where('file_id', '=', fileId).where('kind', '=', kind).executeTakeFirst()
      if (!row) throw new Error('a link that was just made is not there')
      return toLink(row)
    },
    async find(url) {
      const id = url.startsWith(base) ? secrets.idOf(url.slice(base.length)) : undefined
      return id === undefined ? undefined : get(id)
    },
    async list(fileId) {
      const rows = isKey(fileId) ? await rowsOf(fileId) : undefined
      return (rows ?? []).map(toLink)
    },
    async revoke(fileId, kind) {
      await db.deleteFrom('restricted_links').where('file_id', '=', fileId).where('kind', '=', kind).execute()
    },
  }
}
