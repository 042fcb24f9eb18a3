import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import { type Editing, lockId, saved } from './editing.ts'

/** Connections, as many as a node has. */
const connections = 10

const by = { id: 'bench', name: 'Bench' }
const columns =
  'id, parent_id, name, owner_id, sequence, version, size, modified_at, sha256, blob, kept, lock, lock_revision'
const find = `select ${columns} from entries where id = $1 and kind = 1 and state = 0`
const info = `select ${columns}, info from entries left join user_info on user_info.user_key = $1
  where entries.id = $2 and entries.kind = 1 and entries.state = 0`
const swap = `update entries set lock = $1, lock_expires_at = $2, is_locked = $3, lock_revision = lock_revision + 1
  where id = $4 and kind = 1 and state = 0 and lock is not distinct from $5`
const replace = `update entries set sequence = $1, version = $2, size = $3, modified_at = $4, sha256 = $5, blob = $6, kept = $7
  where id = $8 and state = 0 and version = $9 and lock_revision = $10 returning ${columns}`
const use = `insert into blobs (key, state, since) values ($1, 1, $2)
  on conflict (key) do update set state = 1, since = $2 where blobs.state = 0`
const keep = `insert into versions (file_id, sequence, version, size, modified_at, sha256, blob, author, editors, is_autosave, squashed_from)
  values ($1, $2, $3, $4, $5, $6, $7, $8, null, 0, $5)`

/** The statements that an editor's calls come down to, and nothing else: what a script with the same driver reaches. */
export function editBare(url: string): Editing {
  const pool = new pg.Pool({ connectionString: url, max: connections })
  async function lockOf(id: string): Promise<string | null> {
    const { rows } = await pool.query(find, [id])
    return rows[0].lock
  }
  async function swapped(id: string, expected: string | null, isLocked: 0 | 1): Promise<void> {
    const expiresAt = Date.now() + 1_800_000
    const next = JSON.stringify({ by, expiresAt, id: lockId, ...(isLocked === 0 && { releasedAt: 1 }), version: '1.0' })
    const { rowCount } = await pool.query(swap, [next, expiresAt, isLocked, id, expected])
    if (rowCount !== 1) throw new Error(`the lock of ${id} was not swapped`)
  }
  const turn = async (id: string, isLocked: 0 | 1) => swapped(id, await lockOf(id), isLocked)
  return {
    async checkFileInfo(id) {
      const { rows } = await pool.query(info, ['bench', id])
      if (rows.length !== 1) throw new Error(`${id} is not there`)
    },
    async lockAndUnlock(id) {
      await turn(id, 1)
      await turn(id, 0)
    },
    lock: (id) => turn(id, 1),
    refreshLock: (id) => turn(id, 1),
    async putFile(id) {
      const { rows } = await pool.query(find, [id])
      await inTransaction(pool, (client) => publish(client, rows[0]))
    },
    close: () => pool.end(),
  }
}

async function inTransaction(pool: pg.Pool, run: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await run(client)
    await client.query('commit')
  } finally {
    client.release()
  }
}

async function publish(client: pg.PoolClient, file: Record<string, string & number>): Promise<void> {
  const { id, version, lock_revision, sequence: before, kept } = file
  const [sequence, now, key] = [Number(before) + 1, Date.now(), randomUUID()]
  const named = `${sequence}.${randomUUID().slice(0, 8)}`
  const sha256 = createHash('sha256').update(saved).digest('base64')
  const size = saved.byteLength
  await client.query(replace, [sequence, named, size, now, sha256, key, Number(kept) + 1, id, version, lock_revision])
  await client.query(use, [key, now])
  await client.query(keep, [id, sequence, named, size, now, sha256, key, JSON.stringify(by)])
}
