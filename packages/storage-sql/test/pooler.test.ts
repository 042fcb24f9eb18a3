import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connectTo, connectUpToDate } from '../src/connect.ts'
import { openDatabase } from '../src/open-database.ts'
import { openPool } from '../src/open-pool.ts'
import { postgres } from './databases.ts'

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
