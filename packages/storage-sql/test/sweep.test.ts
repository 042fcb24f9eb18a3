import { expect, test } from 'vitest'
import { memoryBlobs } from '../src/memory-blobs.ts'
import type { SqlStorageOptions } from '../src/sql-storage.ts'
import { expectConsistent, keysIn } from './consistency.ts'
import { overEach } from './databases.ts'
import { ann, content, openTestStorage, standingClock, textOf, there } from './open-test-storage.ts'

const day = 24 * 60 * 60_000
const grace = 7 * day

overEach((databases) => {
  async function world(options: Partial<SqlStorageOptions> = {}) {
    const clock = standingClock()
    const blobs = options.blobs ?? memoryBlobs()
    const sql = await openTestStorage(databases, { now: clock.now, ...options, blobs })
    return { ...clock, blobs, sql }
  }

  test('a version that is no longer kept is removed after the time of grace, and not before', async () => {
    const { sql, blobs, later } = await world({ keepVersions: 2 })
    let file = there(await sql.storage.create('root', ['a'], content('0'), ann))
    for (const each of ['1', '2', '3']) file = there(await sql.storage.write(file, content(each), ann))
    expect(await keysIn(blobs)).toHaveLength(4)
    later(grace - 1)
    expect(await sql.sweep({ grace })).toEqual({ removed: 0, waiting: 2 })
    expect(await keysIn(blobs)).toHaveLength(4)
    later(1)
    expect(await sql.sweep({ grace })).toEqual({ removed: 2, waiting: 0 })
    expect(await keysIn(blobs)).toHaveLength(2)
    expect(await textOf(sql, file)).toBe('3')
    await expectConsistent(sql.database, blobs)
  })

  test('what a crash has left is noted by one sweep and removed by one that comes after the time of grace', async () => {
    const { sql, blobs, later } = await world()
    await blobs.put(content('left by a crash'))
    later(100 * day)
    expect(await sql.sweep({ grace })).toEqual({ removed: 0, waiting: 1 })
    later(grace)
    expect(await sql.sweep({ grace })).toEqual({ removed: 1, waiting: 0 })
    expect(await keysIn(blobs)).toEqual([])
  })

  test('what nothing refers to is listed with since when that is known and whether it is due, and stays', async () => {
    const { sql, blobs, later, now } = await world({ keepVersions: 1 })
    const file = there(await sql.storage.create('root', ['a'], content('first'), ann))
    await sql.storage.write(file, content('second'), ann)
    const leftAt = now()
    await blobs.put(content('left by a crash'))
    later(day)
    const listed = async () => {
      const found: unknown[] = []
      for await (const { size, since, isDue } of sql.unreferenced({ grace: day })) found.push([size, since, isDue])
      return found.sort()
    }
    expect(await listed()).toEqual([
      [15, undefined, false],
      [5, leftAt, true],
    ])
    await sql.sweep({ grace })
    expect(await listed()).toEqual([
      [15, now(), false],
      [5, leftAt, true],
    ])
    expect(await keysIn(blobs)).toHaveLength(3)
  })

  test('a save that stands still for longer than the time of grace fails, and destroys nothing', async () => {
    const { sql, blobs, later } = await world()
    const file = there(await sql.storage.create('root', ['a'], content('before'), ann))
    const decide = async () => {
      await sql.sweep({ grace })
      later(grace)
      await sql.sweep({ grace })
      return 'replace' as const
    }
    await expect(sql.storage.write(file, content('late'), { ...ann, decide })).rejects.toThrow(/sent again/)
    expect(await textOf(sql, file)).toBe('before')
    await sql.sweep({ grace })
    await expectConsistent(sql.database, blobs)
    expect(await keysIn(blobs)).toHaveLength(1)
  })

  test('a save that a sweep has seen on its way is saved', async () => {
    const { sql, blobs, later } = await world()
    const file = there(await sql.storage.create('root', ['a'], content('before'), ann))
    const decide = async () => {
      await sql.sweep({ grace })
      later(grace - 1)
      await sql.sweep({ grace })
      return 'replace' as const
    }
    const saved = there(await sql.storage.write(file, content('late'), { ...ann, decide }))
    later(10 * grace)
    await sql.sweep({ grace })
    expect(await textOf(sql, saved)).toBe('late')
    await expectConsistent(sql.database, blobs)
  })

  test('a blob that was doomed and could not be removed is removed by the next sweep', async () => {
    const lying = memoryBlobs()
    let isAway = true
    const remove = async (key: string) => {
      if (isAway) throw new Error('the store is away')
      await lying.remove(key)
    }
    const { sql, later } = await world({ blobs: { ...lying, remove } })
    await lying.put(content('left'))
    await sql.sweep({ grace })
    later(grace)
    await sql.sweep({ grace })
    expect(await keysIn(lying)).toHaveLength(1)
    isAway = false
    expect(await sql.sweep({ grace })).toMatchObject({ removed: 1 })
    expect(await keysIn(lying)).toEqual([])
  })

  test('uploads that have ended, emptied trash and streams that were replaced leave nothing', async () => {
    const { sql, blobs, later } = await world()
    const upload = there(await sql.uploads.begin({ fileId: '1', userId: 'ann' }))
    await sql.uploads.add(upload.token, 0, content('half'))
    const file = there(await sql.storage.create('root', ['a'], content('x'), ann))
    const stream = (text: string) => ({ properties: [], streams: [{ id: 's', content: content(text) }] })
    const first = there(await sql.storage.write(file, content('y'), { ...ann, carries: stream('one') }))
    const second = there(await sql.storage.write(first, content('z'), { ...ann, carries: stream('two') }))
    expect(await keysIn(blobs)).toHaveLength(6)
    await expectConsistent(sql.database, blobs)
    await sql.storage.remove(second, ann)
    await sql.trash.empty()
    later(grace)
    await sql.sweep({ grace })
    later(grace)
    await sql.sweep({ grace })
    expect(await keysIn(blobs)).toEqual([])
    await expectConsistent(sql.database, blobs)
  })

  test('a blob store that seems to belong to another database is left alone', async () => {
    const events: string[] = []
    const { sql, blobs, later } = await world({ observe: ({ what }) => void events.push(what) })
    for (let count = 0; count < 21; count++) await blobs.put(content('of another database'))
    await sql.storage.create('root', ['a'], content('x'), ann)
    await sql.sweep({ grace })
    later(grace)
    expect(await sql.sweep({ grace })).toEqual({ removed: 0, waiting: 21 })
    expect(events).toEqual(['too many blobs unknown'])
    expect(await keysIn(blobs)).toHaveLength(22)
  })

  test('the blob store is looked through by one node, and no more often than is asked for', async () => {
    let looks = 0
    const lying = memoryBlobs()
    const list = (after?: string) => {
      looks++
      return lying.list(after)
    }
    const { sql, later, now } = await world({ blobs: { ...lying, list } })
    const other = await openTestStorage(databases, { blobs: { ...lying, list }, now, database: sql.database })
    await Promise.all([sql.sweep({ lookEvery: day }), other.sweep({ lookEvery: day })])
    later(day - 1)
    await sql.sweep({ lookEvery: day })
    expect(looks).toBe(1)
    later(1)
    await other.sweep({ lookEvery: day })
    expect(looks).toBe(2)
  })

  test('two nodes sweep at once', async () => {
    const { sql, blobs, later, now } = await world()
    const other = await openTestStorage(databases, { blobs, now, database: sql.database })
    for (let count = 0; count < 20; count++) await blobs.put(content('left'))
    await Promise.all([sql.sweep({ grace }), other.sweep({ grace })])
    later(grace)
    await Promise.all([sql.sweep({ grace }), other.sweep({ grace })])
    expect(await keysIn(blobs)).toEqual([])
  })
})
