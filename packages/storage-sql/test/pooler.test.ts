import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { hasPgBouncer, startPgBouncer } from '../../../scripts/pgbouncer.js'
import { openChannel } from '../src/channel.ts'
import { connectTo, connectUpToDate } from '../src/connect.ts'
import { openDatabase } from '../src/open-database.ts'
import { openPool } from '../src/open-pool.ts'
import { postgres } from './databases.ts'
import { ann, content, openTestStorage, textOf, there } from './open-test-storage.ts'

/** What a client says of itself when it connects: names and values, as the protocol of PostgreSQL has them. */
async function startOf(connect: (address: string) => Promise<unknown>): Promise<Record<string, string>> {
  const server = createServer()
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const connected = connect(`postgres://ann@127.0.0.1:${port}/files`).catch(() => undefined)
  const [socket] = await once(server, 'connection')
  const [packet] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  await connected
  const words = packet.subarray(8).toString('latin1').split('\0')
  return Object.fromEntries(
    words.flatMap((word, index) => (index % 2 === 0 && word ? [[word, words[index + 1] ?? '']] : [])),
  )
}

/** What the process is warned of. The driver warns once of each thing that it will not do any more. */
const warnings: string[] = []
process.on('warning', ({ message }) => void warnings.push(message))

/** What PgBouncer lets pass without being told to. */
const harmless = ['user', 'database', 'client_encoding', 'application_name']

test('a pooler that takes no settings at the start of a connection is told none', async () => {
  const said = await startOf(async (address) => {
    const pool = await openPool(address, {})
    onTestFinished(() => pool.end())
    return pool.connect()
  })
  expect(Object.keys(said).filter((name) => !harmless.includes(name))).toEqual([])
  expect(said['database']).toBe('files')
})

describe('PostgreSQL', () => {
  const databases = postgres()

  const shown = async (database: ReturnType<typeof connectTo>['db'], name: string) => {
    const { rows } = await sql<Record<string, string>>`show ${sql.raw(name)}`.execute(database)
    return rows[0]?.[name]
  }

  test('holds every connection to its limits', async () => {
    const { db } = await openDatabase(await databases.fresh())
    onTestFinished(() => db.destroy())
    const seen = await Promise.all(Array.from({ length: 5 }, () => sql`show statement_timeout`.execute(db)))
    expect(seen.flatMap(({ rows }) => rows)).toEqual(Array(5).fill({ statement_timeout: '20s' }))
    const limited = connectTo(await databases.fresh())
    onTestFinished(() => limited.db.destroy())
    expect(await shown(limited.db, 'lock_timeout')).toBe('10s')
    expect(await shown(limited.db, 'idle_in_transaction_session_timeout')).toBe('5s')
  })

  test('is told its limits before it is asked anything, as the driver wants it', async () => {
    const { db } = await openDatabase(await databases.fresh())
    onTestFinished(() => db.destroy())
    await Promise.all(Array.from({ length: 5 }, () => sql`select 1`.execute(db)))
    // Warnings are told in a turn of their own.
    await new Promise(setImmediate)
    expect(warnings).toEqual([])
  })

  test('lets what changes tables take as long as it needs', async () => {
    const seen: (string | undefined)[] = []
    const migrations = () => ({
      '001-look': {
        up: async (db: Parameters<typeof shown>[0]) => void seen.push(await shown(db, 'statement_timeout')),
      },
    })
    const name = `patience_${Date.now()}`
    const { db } = await connectUpToDate(await databases.fresh(), { migrations, name })
    onTestFinished(() => db.destroy())
    expect(seen).toEqual(['0'])
  })
})

/** One that runs, where the machine has one. */
const poolers = hasPgBouncer() ? ['PgBouncer'] : []

describe.each(poolers)('%s', () => {
  let url = ''
  const databases = postgres((server) => {
    url = server.url
  })

  /** A database, as it is reached through the pooler. */
  async function pooled(): Promise<string> {
    const address = await databases.fresh()
    const pooler = await startPgBouncer(url)
    onTestFinished(() => pooler.stop())
    return pooler.through(address)
  }

  test('may stand between: tables are made, files are saved and locked by many at once', async () => {
    const opened = await openTestStorage(databases, { database: await pooled() })
    const { storage, locks } = opened
    const names = Array.from({ length: 20 }, (_, number) => `${number}.txt`)
    const files = await Promise.all(
      names.map(async (name) => there(await storage.create('root', [name], content(name), ann))),
    )
    for (const file of files) {
      const lock = { id: 'L', expiresAt: Date.now() + 60_000, version: file.version, by: ann.by }
      expect(await locks.swap(file.id, undefined, lock)).toBe(true)
      expect(await locks.swap(file.id, undefined, lock)).toBe(false)
    }
    const saved = await Promise.all(files.map((file) => storage.write(file, content(`${file.name} again`), ann)))
    expect(await Promise.all(saved.map((file) => textOf(opened, there(file))))).toEqual(
      names.map((name) => `${name} again`),
    )
  })

  test('lets through what servers tell each other', async () => {
    const database = await pooled()
    const heard: string[] = []
    const listening = await openChannel(database, 'news', { heard: (message) => heard.push(message) })
    const telling = await openChannel(database, 'news', { heard: () => undefined })
    onTestFinished(() => Promise.all([listening.close(), telling.close()]).then(() => undefined))
    await telling.tell('something is new')
    await expect.poll(() => heard).toEqual(['something is new'])
  })
})
