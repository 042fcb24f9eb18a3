import { createHash } from 'node:crypto'
import type { Share, SharedKind, Shares, WantedShare } from '@openwopi/host'
import { linkSecrets } from '@openwopi/host/adapter'
import type { Selectable } from 'kysely'
import { atomically } from './atomically.ts'
import { gathered, grouped } from './gathered.ts'
import { isKey } from './names.ts'
import type { Db, Store, Trx } from './store.ts'
import type { ShareTable } from './tables.ts'

/** What links are made of. */
export interface LinkOptions {
  /** What every link starts with, such as `https://files.example.org/s/`. */
  readonly base: string
  /** What the secrets of links are made with, at least 32 bytes. With another key, no link works that was made before. */
  readonly key: Uint8Array
}

/** Which links there are to what is in a database. */
export interface ShareOptions extends LinkOptions {
  /** Default: both. */
  readonly types?: readonly Share['type'][]
  /** Default: files and containers. */
  readonly kinds?: readonly SharedKind[]
  /** The longest that a link works, in milliseconds; default until it is revoked. */
  readonly lifetime?: number
}

type Row = Selectable<ShareTable>

/** Shares in a database. */
export function openShares(store: Store, options: ShareOptions): Shares {
  const { base, key, types = ['ReadOnly', 'ReadWrite'], kinds = ['file', 'container'] } = options
  const { db, now } = store
  const secrets = linkSecrets(key, 'share')
  const idIn = (url: string) => (url.startsWith(base) ? secrets.idOf(url.slice(base.length)) : undefined)
  const toShare = ({ id, kind, resource_id, type, author, made_at, expires_at }: Row): Share => ({
    ...{ id, url: base + secrets.secretOf(id), resource: { on: kindOf(kind), id: resource_id }, type: typeOf(type) },
    ...{ by: JSON.parse(author), madeAt: made_at },
    ...(expires_at !== null && { expiresAt: expires_at }),
  })

  async function get(id: string): Promise<Share | undefined> {
    const row = isKey(id) ? await working(db, now()).where('id', '=', id).executeTakeFirst() : undefined
    return row && toShare(row)
  }

  // A page of a folder asks this of everything on it at once.
  const rowsOf = gathered(async (ids) => {
    const rows = working(db, now()).where('resource_id', 'in', ids).orderBy('made_at').orderBy('id')
    return grouped(await rows.execute(), (row) => row.resource_id)
  })

  return {
    types,
    kinds,
    get,
    share: async (wanted) => toShare(await atomically(store, (trx) => shareOnce(store, trx, { wanted, options }))),
    async find(url) {
      const id = idIn(url)
      return id === undefined ? undefined : get(id)
    },
    async list({ on, id }) {
      const rows = isKey(id) ? await rowsOf(id) : undefined
      return (rows ?? []).filter(({ kind }) => kind === on).map(toShare)
    },
    async revoke(url) {
      const id = idIn(url)
      if (id !== undefined) await db.deleteFrom('shares').where('id', '=', id).execute()
    },
  }
}

/** Shares that have not ended. */
const working = (db: Db, now: number) =>
  db
    .selectFrom('shares')
    .selectAll()
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', now)]))

interface Wishing {
  readonly wanted: WantedShare
  readonly options: ShareOptions
}

/** The link that was made of the same wish, or a new one. */
async function shareOnce(store: Store, trx: Trx, { wanted, options }: Wishing): Promise<Row> {
  const { resource, type, by, expiresAt = null } = wanted
  const at = store.now()
  const known = await working(trx, at)
    .where('resource_id', '=', resource.id)
    .where('kind', '=', kindOf(resource.on))
    .where('type', '=', type)
    .where('author_id', '=', by.id)
    .where('wanted_until', expiresAt === null ? 'is' : '=', expiresAt)
    .executeTakeFirst()
  if (known) return known
  const ends = Math.min(expiresAt ?? Number.POSITIVE_INFINITY, at + (options.lifetime ?? Number.POSITIVE_INFINITY))
  const row = {
    ...{ id: store.newId(), kind: resource.on, resource_id: resource.id, type },
    ...{ author: JSON.stringify({ id: by.id, name: by.name }), author_id: by.id, made_at: at },
    ...{ expires_at: Number.isFinite(ends) ? ends : null, wanted_until: expiresAt },
  }
  return (await insertOnce(trx, wishOf(wanted), row)) ?? shareOnce(store, trx, { wanted, options })
}

/** Of two that wish for the same at once, both get one link. One that has ended makes room. `undefined`: try again. */
async function insertOnce(trx: Trx, wish: string, given: Omit<Row, 'wish'>): Promise<Row | undefined> {
  const row = { ...given, wish }
  const made = await trx
    .insertInto('shares')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('wish')
        .doUpdateSet(row)
        .where((is) => is('shares.expires_at', '<=', row.made_at)),
    )
    .returningAll()
    .executeTakeFirst()
  return made ?? working(trx, row.made_at).where('wish', '=', wish).executeTakeFirst()
}

const wishOf = ({ resource: { on, id }, type, by, expiresAt }: WantedShare): string =>
  createHash('sha256')
    .update(JSON.stringify([on, id, type, by.id, expiresAt ?? null]))
    .digest('base64url')

function kindOf(kind: string): SharedKind {
  if (kind === 'file' || kind === 'container') return kind
  throw new RangeError(`there are no links to a ${kind}`)
}

function typeOf(type: string): Share['type'] {
  if (type === 'ReadOnly' || type === 'ReadWrite') return type
  throw new RangeError(`there are no links of the type ${type}`)
}
