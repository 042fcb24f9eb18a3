import type { Share, SharedKind, Shares, WantedShare } from '@openwopi/host'
import { linkSecrets } from '@openwopi/host/adapter'
import type { Database } from './database.ts'

/** What links are made of. */
export interface LinkOptions {
  /** What every link starts with, such as `https://files.example.org/s/`. */
  readonly base: string
  /** What the secrets of links are made with, at least 32 bytes. With another key, no link works that was made before. */
  readonly key: Uint8Array
}

/** Which links there are to what is in a folder. */
export interface ShareOptions extends LinkOptions {
  /** Default: both. */
  readonly types?: readonly Share['type'][]
  /** Default: files and containers. */
  readonly kinds?: readonly SharedKind[]
  /** The longest that a link works, in milliseconds; default until it is revoked. */
  readonly lifetime?: number
}

interface Row {
  readonly id: string
  readonly kind: SharedKind
  readonly resource: string
  readonly type: Share['type']
  readonly author: string
  readonly madeAt: number
  readonly expiresAt: number | null
}

interface Clock {
  readonly now: () => number
  readonly newId: () => string
}

const columns = 'id, kind, resource, type, author, madeAt, expiresAt'
const works = '(expiresAt IS NULL OR expiresAt > ?)'

/** Shares in the index. Rows that mean nothing any more go when others come. */
export function openShares(database: Database, { now, newId }: Clock, options: ShareOptions): Shares {
  const { base, key, types = ['ReadOnly', 'ReadWrite'], kinds = ['file', 'container'], lifetime } = options
  const secrets = linkSecrets(key, 'share')
  const one = database.prepare<Row>(`SELECT ${columns} FROM shares WHERE id = ? AND ${works}`)
  const all = database.prepare<Row>(
    `SELECT ${columns} FROM shares WHERE resource = ? AND kind = ? AND ${works} ORDER BY madeAt, id`,
  )
  const same = database.prepare<Row>(
    `SELECT ${columns} FROM shares WHERE resource = ? AND kind = ? AND ${works}
     AND type = ? AND authorId = ? AND wantedUntil IS ?`,
  )
  const insertion = database.prepare('INSERT INTO shares VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const removal = database.prepare('DELETE FROM shares WHERE id = ?')
  const sweep = database.prepare('DELETE FROM shares WHERE expiresAt <= ?')

  const toShare = ({ id, kind, resource, type, author, madeAt, expiresAt }: Row): Share => ({
    ...{ id, url: base + secrets.secretOf(id), resource: { on: kind, id: resource }, type },
    ...{ by: JSON.parse(author), madeAt },
    ...(expiresAt !== null && { expiresAt }),
  })
  const idIn = (url: string) => (url.startsWith(base) ? secrets.idOf(url.slice(base.length)) : undefined)

  function make({ resource, type, by, expiresAt }: WantedShare): Share {
    const id = newId()
    const [madeAt, author] = [now(), JSON.stringify({ id: by.id, name: by.name })]
    const ends = Math.min(expiresAt ?? Number.POSITIVE_INFINITY, madeAt + (lifetime ?? Number.POSITIVE_INFINITY))
    const end = Number.isFinite(ends) ? ends : null
    sweep.run(madeAt)
    insertion.run(id, resource.on, resource.id, type, author, by.id, madeAt, end, expiresAt ?? null)
    return toShare({ id, kind: kindOf(resource.on), resource: resource.id, type, author, madeAt, expiresAt: end })
  }

  function get(id: string): Share | undefined {
    const row = one.get(id, now())
    return row && toShare(row)
  }

  return {
    types,
    kinds,
    share: async (wanted) =>
      database.transaction(() => {
        const { resource, type, by, expiresAt = null } = wanted
        const known = same.get(resource.id, resource.on, now(), type, by.id, expiresAt)
        return known ? toShare(known) : make(wanted)
      }),
    async find(url) {
      const id = idIn(url)
      return id === undefined ? undefined : get(id)
    },
    get: async (id) => get(id),
    list: async ({ on, id }) => all.all(id, on, now()).map(toShare),
    async revoke(url) {
      const id = idIn(url)
      if (id !== undefined) removal.run(id)
    },
  }
}

function kindOf(kind: string): SharedKind {
  if (kind === 'file' || kind === 'container') return kind
  throw new RangeError(`there are no links to a ${kind}`)
}
