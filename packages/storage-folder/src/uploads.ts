import { randomBytes } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { open, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { Content, Upload, UploadOwner, Uploads } from '@openwopi/host'
import { putAside } from '@openwopi/host/adapter'
import { appendContent } from './append-content.ts'
import { asideInFile, fileAside } from './aside-file.ts'
import { inTurn } from './in-turn.ts'
import type { ServedFolder } from './served-folder.ts'

interface UploadOptions {
  readonly mostPerUser?: number
  /** Bytes of all together. */
  readonly uploadSpace?: number
  readonly newToken?: () => string
}

interface Row {
  readonly token: string
  readonly file: string
  readonly user: string
  readonly size: number
  readonly endsAt: number
  /** Of its file among the uploads. */
  readonly name: string
}

/** How long an upload waits for more, in milliseconds: 30 minutes. */
const lifetime = 30 * 60_000

/** Uploads in the data folder. The index says how much of their files counts. */
export function openUploads(
  served: ServedFolder,
  {
    mostPerUser = 100,
    uploadSpace = 16 * 2 ** 30,
    newToken = () => randomBytes(24).toString('base64url'),
  }: UploadOptions = {},
): Uploads {
  const { data, change, newId, now } = served
  const rows = uploadRows(served)
  const turn = inTurn()
  let arriving = 0
  const pathOf = ({ name }: Pick<Row, 'name'>) => join(data.uploads, name)
  const find = (token: string) => {
    const row = rows.get(token)
    return row && row.endsAt > now() ? row : undefined
  }
  const upload = (row: Row): Upload => ({
    token: row.token,
    fileId: row.file,
    userId: row.user,
    ...fileAside(pathOf(row), row.size),
  })

  async function forget(gone: readonly Row[]): Promise<void> {
    if (gone.length > 0)
      change(() => {
        for (const { token } of gone) rows.drop(token)
      })
    for (const row of gone) await rm(pathOf(row), { force: true })
  }

  /** What cannot be known of an upload to which something is being added is left alone. */
  const forgetEnded = () => forget(rows.ended(now()).filter(({ token }) => !turn.isTaken(token)))

  /** Room for what is arriving and does not count yet. */
  function room() {
    let own = 0
    return {
      takes(bytes: number) {
        if (rows.bytes() + arriving + bytes > uploadSpace) return false
        arriving += bytes
        own += bytes
        return true
      },
      leave: () => {
        arriving -= own
      },
    }
  }

  async function add(token: string, offset: number, content: Content) {
    const row = find(token)
    if (row?.size !== offset) return row ? 'elsewhere' : 'gone'
    const path = pathOf(row)
    const space = room()
    try {
      const added = await appendContent(path, { offset, content, hasRoom: space.takes })
      if (added === undefined) {
        await truncate(path, offset)
        return 'full'
      }
      const next = { ...row, size: offset + added, endsAt: now() + lifetime }
      change(() => rows.put(next))
      return upload(next)
    } catch (error) {
      // How much of the file counts, the index says; this only gives the space back.
      await truncate(path, offset).catch(() => undefined)
      throw error
    } finally {
      space.leave()
    }
  }

  return {
    async begin(owner: UploadOwner) {
      await forgetEnded()
      if (rows.countOf(owner.userId) >= mostPerUser) return undefined
      const name = newId()
      const row = { token: newToken(), file: owner.fileId, user: owner.userId, size: 0, endsAt: now() + lifetime, name }
      await (await open(pathOf(row), 'wx', 0o600)).close()
      change(() => rows.put(row))
      return upload(row)
    },
    async find(token) {
      const row = find(token)
      return row && upload(row)
    },
    add: (token, offset, content) => turn.take(token, () => add(token, offset, content)),
    end: (token) =>
      turn.take(token, async () => {
        const row = rows.get(token)
        if (row) await forget([row])
      }),
    putAside: (content) => putAside(content, (much) => asideInFile(served, much)),
  }
}

function uploadRows({ database }: ServedFolder) {
  const one = database.prepare<Row>('SELECT * FROM uploads WHERE token = ?')
  const insertion = database.prepare('INSERT OR REPLACE INTO uploads VALUES (?, ?, ?, ?, ?, ?)')
  const deletion = database.prepare('DELETE FROM uploads WHERE token = ?')
  const old = database.prepare<Row>('SELECT * FROM uploads WHERE endsAt <= ?')
  const ofUser = database.prepare<{ count: number }>('SELECT count(*) AS count FROM uploads WHERE user = ?')
  const sum = database.prepare<{ bytes: number }>('SELECT ifnull(sum(size), 0) AS bytes FROM uploads')
  return {
    get: (token: string) => one.get(token),
    put: ({ token, file, user, size, endsAt, name }: Row) => void insertion.run(token, file, user, size, endsAt, name),
    drop: (token: string) => void deletion.run(token),
    ended: (now: number) => old.all(now),
    countOf: (user: string) => ofUser.get(user)?.count ?? 0,
    bytes: () => sum.get()?.bytes ?? 0,
  }
}

/** Deletes uploads that have ended, and what a crash has left of others. */
export function clearUploads({ database, data, change, now }: ServedFolder): void {
  const known = database.prepare<{ name: string }>('SELECT name FROM uploads')
  change(() => database.prepare('DELETE FROM uploads WHERE endsAt <= ?').run(now()))
  const names = new Set(known.all().map(({ name }) => name))
  for (const name of readdirSync(data.uploads))
    if (!names.has(name)) rmSync(join(data.uploads, name), { recursive: true, force: true })
}
