import { randomBytes } from 'node:crypto'
import type { Content, NotAdded, Upload, UploadOwner, Uploads } from '@openwopi/host'
import { putAside } from '@openwopi/host/adapter'
import type { Selectable } from 'kysely'
import { asideInBlob } from './aside-blob.ts'
import { atomically } from './atomically.ts'
import { discardBlobs, leaveBlobs, removeUnused, useBlobs } from './blob-states.ts'
import type { StoredBlob } from './blobs.ts'
import { isKey } from './names.ts'
import type { Db, Store } from './store.ts'
import type { UploadTable } from './tables.ts'
import { uploadedBytes } from './uploaded-bytes.ts'

/** How much may wait to be committed. */
export interface UploadOptions {
  readonly mostPerUser?: number
  /** Bytes of all together. */
  readonly uploadSpace?: number
  readonly newToken?: () => string
}

type Row = Selectable<UploadTable>

/** How long an upload waits for more, in milliseconds: 30 minutes. */
const lifetime = 30 * 60_000

/** Uploads in a database. Each stretch that was added is a blob, so that any node takes the next one. */
export function openUploads(
  store: Store,
  {
    mostPerUser = 100,
    uploadSpace = 16 * 2 ** 30,
    newToken = () => randomBytes(24).toString('base64url'),
  }: UploadOptions = {},
): Uploads {
  const { db, now } = store
  const upload = (row: Row): Upload => ({
    ...{ token: row.token, fileId: row.file_id, userId: row.user_id, size: row.size },
    read: (start, end) => uploadedBytes(store, row.token, { start, end }),
  })
  const find = (token: string) =>
    isKey(token) ? living(db, now()).where('token', '=', token).executeTakeFirst() : undefined

  return {
    async begin(owner) {
      if ((await countOf(db, owner, now())) >= mostPerUser) return undefined
      const row: Row = {
        ...{ token: newToken(), file_id: owner.fileId, user_id: owner.userId },
        ...{ size: 0, ends_at: now() + lifetime },
      }
      await db.insertInto('uploads').values(row).execute()
      return upload(row)
    },
    async find(token) {
      const row = await find(token)
      return row && upload(row)
    },
    async add(token, offset, content) {
      const row = await find(token)
      if (row?.size !== offset) return row ? 'elsewhere' : 'gone'
      const added = await receivePart(store, row, { content, uploadSpace })
      return typeof added === 'string' ? added : upload(added)
    },
    end: (token) => (isKey(token) ? endUpload(store, token) : Promise.resolve()),
    putAside: (content) => putAside(content, (much) => asideInBlob(store, much)),
  }
}

/** Uploads that have not ended. */
const living = (db: Db, now: number) => db.selectFrom('uploads').selectAll().where('ends_at', '>', now)

async function countOf(db: Db, { userId }: UploadOwner, now: number): Promise<number> {
  const row = await db
    .selectFrom('uploads')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('ends_at', '>', now)
    .executeTakeFirst()
  return row?.count ?? 0
}

async function bytesOf(db: Db, now: number): Promise<number> {
  const row = await db
    .selectFrom('uploads')
    .select(({ fn }) => fn.sum<number | string | null>('size').as('bytes'))
    .where('ends_at', '>', now)
    .executeTakeFirst()
  return Number(row?.bytes ?? 0)
}

async function receivePart(
  store: Store,
  row: Row,
  { content, uploadSpace }: { readonly content: Content; readonly uploadSpace: number },
): Promise<Row | NotAdded> {
  const room = uploadSpace - (await bytesOf(store.db, store.now()))
  const arrived = await within(room, content, (flowing) => store.blobs.put(flowing))
  if (!arrived) return 'full'
  const added = await append(store, row, arrived)
  if (typeof added === 'string') await discardBlobs(store, [arrived.key])
  return added
}

class NoRoom extends Error {}

/** What `put` makes of content of at most `room` bytes. `undefined`: there are more. */
async function within<T>(
  room: number,
  content: Content,
  put: (flowing: Content) => Promise<T>,
): Promise<T | undefined> {
  async function* counted(): Content {
    let size = 0
    for await (const piece of content) {
      size += piece.byteLength
      if (size > room) throw new NoRoom()
      yield piece
    }
  }
  try {
    return await put(counted())
  } catch (error) {
    if (error instanceof NoRoom) return undefined
    throw error
  }
}

/** Of several that add the same stretch at once, one does. */
const append = (store: Store, { token, size: offset }: Row, { key, size }: StoredBlob): Promise<Row | NotAdded> =>
  atomically(store, async (trx) => {
    const now = store.now()
    const grown = await trx
      .updateTable('uploads')
      .set({ size: offset + size, ends_at: now + lifetime })
      .where('token', '=', token)
      .where('size', '=', offset)
      .where('ends_at', '>', now)
      .returningAll()
      .executeTakeFirst()
    if (!grown) return (await living(trx, now).where('token', '=', token).executeTakeFirst()) ? 'elsewhere' : 'gone'
    await useBlobs(trx, [key], now)
    await trx.insertInto('upload_parts').values({ token, start: offset, size, blob: key }).execute()
    return grown
  })

/** Forgets an upload, and removes what has arrived of it. */
export async function endUpload(store: Store, token: string): Promise<void> {
  const keys = await atomically(store, async (trx) => {
    await trx.deleteFrom('uploads').where('token', '=', token).execute()
    const parts = await trx.deleteFrom('upload_parts').where('token', '=', token).returning('blob').execute()
    const left = parts.map(({ blob }) => blob)
    await leaveBlobs(trx, left, store.now())
    return left
  })
  await removeUnused(store, keys)
}
