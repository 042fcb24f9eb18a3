import { expect, test } from 'vitest'
import { overEach } from './databases.ts'
import { ann, openTestStorage } from './open-test-storage.ts'

const link = { base: 'http://host/s/', key: new Uint8Array(32) }

overEach((databases) => {
  test('of many who wish for the same link at once, all get one', async () => {
    const database = await databases.fresh()
    const nodes = [await openTestStorage(databases, { database }), await openTestStorage(databases, { database })]
    const wish = { resource: { on: 'file', id: 'a' }, type: 'ReadOnly', by: ann.by } as const
    const made = await Promise.all(Array.from({ length: 20 }, (_, each) => nodes[each % 2]?.shares(link).share(wish)))
    expect(new Set(made.map((share) => share?.url)).size).toBe(1)
    expect(await nodes[0]?.shares(link).list(wish.resource)).toHaveLength(1)
  })

  test('a link that has ended makes room for the next of the same wish', async () => {
    let now = 1000
    const sql = await openTestStorage(databases, { database: await databases.fresh(), now: () => now })
    const shares = sql.shares({ ...link, lifetime: 100 })
    const wish = { resource: { on: 'file', id: 'a' }, type: 'ReadOnly', by: ann.by } as const
    const first = await shares.share(wish)
    now += 200
    const second = await shares.share(wish)
    expect(second.url).not.toBe(first.url)
    expect(await shares.find(first.url)).toBeUndefined()
    expect((await shares.share(wish)).url).toBe(second.url)
  })
})
