import type { RestrictedLink, RestrictedLinks } from '@openwopi/host'
import { linkSecrets } from '@openwopi/host/adapter'
import type { Database } from './database.ts'
import type { LinkOptions } from './shares.ts'

/** Which links of restricted use there are to what is in a folder. */
export interface RestrictedLinkOptions extends LinkOptions {
  /** The uses, such as `FORMS`. */
  readonly kinds: readonly string[]
}

interface Row {
  readonly id: string
  readonly file: string
  readonly kind: string
  readonly author: string
}

const columns = 'id, file, kind, author'

/** Links of restricted use in the index: one for each file and use. */
export function openRestrictedLinks(
  database: Database,
  newId: () => string,
  { base, key, kinds }: RestrictedLinkOptions,
): RestrictedLinks {
  const secrets = linkSecrets(key, 'restricted link')
  const one = database.prepare<Row>(`SELECT ${columns} FROM restrictedLinks WHERE id = ?`)
  const known = database.prepare<Row>(`SELECT ${columns} FROM restrictedLinks WHERE file = ? AND kind = ?`)
  const insertion = database.prepare('INSERT INTO restrictedLinks VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const removal = database.prepare('DELETE FROM restrictedLinks WHERE file = ? AND kind = ?')
  const ofFile = database.prepare<Row>(`SELECT ${columns} FROM restrictedLinks WHERE file = ? ORDER BY kind`)
  const toLink = ({ id, file, kind, author }: Row): RestrictedLink => ({
    ...{ id, url: base + secrets.secretOf(id), fileId: file, kind, by: JSON.parse(author) },
  })

  function get(id: string): RestrictedLink | undefined {
    const row = one.get(id)
    return row && toLink(row)
  }

  return {
    kinds,
    async link(file, kind, by) {
      insertion.run(newId(), file, kind, JSON.stringify({ id: by.id, name: by.name }))
      const row = known.get(file, kind)
      if (!row) throw new Error('a link that was just made is not there')
      return toLink(row)
    },
    async find(url) {
      const id = url.startsWith(base) ? secrets.idOf(url.slice(base.length)) : undefined
      return id === undefined ? undefined : get(id)
    },
    get: async (id) => get(id),
    list: async (file) => ofFile.all(file).map(toLink),
    async revoke(file, kind) {
      removal.run(file, kind)
    },
  }
}
