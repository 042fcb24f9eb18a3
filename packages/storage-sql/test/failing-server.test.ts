import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres } from '../../../scripts/postgres.js'
import { databaseClock } from '../src/clock.ts'
import { connectTo } from '../src/connect.ts'
import { memoryBlobs } from '../src/memory-blobs.ts'
import { type SqlStorage, sqlStorage } from '../src/sql-storage.ts'
import type { SqlEvent } from '../src/store.ts'
import type { Tables } from '../src/tables.ts'
import { ask } from './databases.ts'
import { ann, content, text, there } from './open-test-storage.ts'

let server: Awaited<ReturnType<typeof startPostgres>>
let sql: SqlStorage
const events: SqlEvent[] = []
const blobs = memoryBlobs()

beforeAll(async () => {
  server = await startPostgres()
  sql = await sqlStorage({ database: server.url, blobs, observe: (event) => void events.push(event) })
})

afterAll(async () => {
  await sql.close()
  await server.stop()
})

let count = 0
const newFile = async () => there(await sql.storage.create('root', [`${++count}.txt`], content('before'), ann))

/** Ten calls at once, so that every connection of the pool is in use. */
const many = <T>(call: () => Promise<T>) => Promise.all(Array.from({ length: 10 }, call))

test('a read right after the server was restarted is answered over a new connection', async () => {
  const file = await newFile()
  await many(() => sql.storage.find(file.id))
  await server.restart('crash')
  expect((await many(() => sql.storage.find(file.id))).every((found) => found?.version === file.version)).toBe(true)
})

test('a save right after the server was restarted is saved', async () => {
  const file = await newFile()
  await many(() => sql.storage.find(file.id))
  await server.restart()
  const saved = there(await sql.storage.write(file, content('after'), ann))
  expect(await text(await sql.storage.read(saved))).toBe('after')
})

test('while the server is away everything fails, and afterwards everything works again', async () => {
  const file = await newFile()
  await server.down()
  try {
    await expect(sql.storage.find(file.id)).rejects.toThrow()
    await expect(sql.storage.write(file, content('lost'), ann)).rejects.toThrow()
    await expect(sql.locks.swap(file.id, undefined, undefined)).rejects.toThrow()
  } finally {
    await server.up()
  }
  expect((await sql.storage.find(file.id))?.version).toBe(file.version)
  expect(await sql.storage.write(file, content('after'), ann)).toBeDefined()
})

test('a server that is cut off in the middle of a transaction has saved all of it or nothing', async () => {
  for (let round = 0; round < 6; round++) {
    const file = await newFile()
    const saving = sql.storage.write(file, content('after'), ann).then(
      () => 'saved',
      () => 'failed',
    )
    await server.restart('crash')
    const end = await saving
    const now = there(await sql.storage.find(file.id))
    const whole = await text(await sql.storage.read(now))
    expect(whole).toBe(now.version === file.version ? 'before' : 'after')
    if (end === 'saved') expect(whole).toBe('after')
    expect(await sql.versions.list(file.id)).toHaveLength(now.sequenceNumber ?? 0)
  }
})

test('a server that stands still is waited for', async () => {
  const file = await newFile()
  server.pause()
  const finding = sql.storage.find(file.id)
  server.resume()
  expect((await finding)?.id).toBe(file.id)
})

test('connections that are lost while nobody uses them end nothing', async () => {
  await many(() => sql.containers.root())
  await server.restart()
  await expect.poll(() => events.map(({ what }) => what)).toContain('connection lost')
  expect((await sql.containers.root()).name).toBe('Documents')
})

test('nodes that start on a new database at once all start', async () => {
  await ask(server.url, 'create database fresh')
  const database = server.url.replace(/\/postgres$/, '/fresh')
  const nodes = await Promise.all(Array.from({ length: 4 }, () => sqlStorage({ database, blobs })))
  for (const { containers } of nodes) expect((await containers.root()).id).toBe('root')
  await Promise.all(nodes.map((node) => node.close()))
})

test('nodes whose own clocks are an hour apart agree on the time', async () => {
  const { db } = connectTo<Tables>(server.url)
  try {
    const began = performance.now()
    const [early, late] = [-3_600_000, 3_600_000]
    const one = await databaseClock(db, () => performance.now() + early)
    const two = await databaseClock(db, () => performance.now() + late)
    const [here, there, ours] = [one.now(), two.now(), Date.now()]
    // What an answer took on its way may be taken for a difference between clocks.
    const mostApart = 100 + performance.now() - began
    expect(Math.abs(here - there)).toBeLessThan(mostApart)
    expect(Math.abs(here - ours)).toBeLessThan(mostApart)
  } finally {
    await db.destroy()
  }
})
