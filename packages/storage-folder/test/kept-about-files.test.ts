import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CommentActivity } from '@openwopi/host'
import { expect, test } from 'vitest'
import type { LinkOptions } from '../src/shares.ts'
import { ann, content, openTestFolder, there } from './open-test-folder.ts'

const links: LinkOptions = { base: 'https://files.example/s/', key: new Uint8Array(32).fill(1) }
const kinds = ['FORMS']
const otherKey = new Uint8Array(32).fill(2)
const file = { on: 'file', id: '1' } as const
const wanted = { resource: file, type: 'ReadWrite', by: ann.by } as const
const mention: CommentActivity = {
  ...{ id: 'a', action: 'created', contentId: 'c', text: 'look', isReply: false },
  people: [{ id: 'bob', name: 'Bob', provider: 'p', isMentioned: true }],
}

test('what clients keep for users, what they tell of files, and every link outlive a restart', async () => {
  const first = await openTestFolder()
  await first.userInfo.put('ann', 'a')
  await first.userInfo.put('ann', 'what she likes')
  await first.activities.add('1', [mention], ann.by)
  const share = await first.shares(links).share(wanted)
  const restricted = await first.restrictedLinks({ ...links, kinds }).link('1', 'FORMS', ann.by)
  await first.close()

  const second = await openTestFolder({ folder: first.path })
  expect(await second.userInfo.get('ann')).toBe('what she likes')
  expect(await second.userInfo.get('bob')).toBeUndefined()
  expect(await second.activities.list('1')).toMatchObject([mention])
  expect(await second.activities.mentioning('bob', 10)).toMatchObject([{ fileId: '1' }])
  expect(await second.shares(links).find(share.url)).toEqual(share)
  expect(await second.shares(links).share(wanted)).toEqual(share)
  const again = second.restrictedLinks({ ...links, kinds })
  expect(await again.find(restricted.url)).toEqual(restricted)
  await again.revoke('1', 'FORMS')
  await second.shares(links).revoke(share.url)
  await second.close()

  const third = await openTestFolder({ folder: first.path })
  expect(await third.shares(links).find(share.url)).toBeUndefined()
  expect(await third.restrictedLinks({ ...links, kinds }).find(restricted.url)).toBeUndefined()
})

test('nothing that is on disk opens a link', async () => {
  const folder = await openTestFolder()
  const { url } = await folder.shares(links).share(wanted)
  const secret = url.slice(links.base.length)
  await folder.close()
  for (const name of ['index.db', 'index.db-wal']) {
    const bytes = await readFile(join(folder.path, '.openwopi', name)).catch(() => Buffer.alloc(0))
    expect(bytes.includes(secret) || bytes.includes(secret.slice(-24))).toBe(false)
  }
})

test('a link is worth nothing under another key, for another use, or with one character changed', async () => {
  const folder = await openTestFolder()
  const { url } = await folder.shares(links).share(wanted)
  expect(await folder.shares({ ...links, key: otherKey }).find(url)).toBeUndefined()
  expect(await folder.restrictedLinks({ ...links, kinds }).find(url)).toBeUndefined()
  for (let at = links.base.length; at < url.length; at += 1) {
    const other = url.slice(0, at) + (url[at] === 'A' ? 'B' : 'A') + url.slice(at + 1)
    expect(await folder.shares(links).find(other)).toBeUndefined()
  }
  expect(() => folder.shares({ ...links, key: new Uint8Array(31) })).toThrow(RangeError)
})

test('a link works to the very millisecond it says, and no link works longer than the storage allows', async () => {
  const clock = { now: 1_000_000 }
  const folder = await openTestFolder({ now: () => clock.now })
  const shares = folder.shares({ ...links, lifetime: 1000 })
  const asked = await shares.share({ ...wanted, expiresAt: clock.now + 500 })
  const unasked = await shares.share(wanted)
  const long = await shares.share({ ...wanted, expiresAt: clock.now + 1e9 })
  expect([asked.expiresAt, unasked.expiresAt, long.expiresAt]).toEqual([1_000_500, 1_001_000, 1_001_000])
  clock.now += 499
  expect(await shares.find(asked.url)).toEqual(asked)
  clock.now += 1
  expect(await shares.find(asked.url)).toBeUndefined()
  expect(await shares.list(file)).toHaveLength(2)
})

test('once the trash is emptied, nothing of a file is left', async () => {
  const folder = await openTestFolder()
  const { id } = there(await folder.storage.create('root', ['a.txt'], content('a'), ann))
  const resource = { on: 'file', id } as const
  await folder.activities.add(id, [mention], ann.by)
  const share = await folder.shares(links).share({ ...wanted, resource })
  await folder.storage.remove(there(await folder.storage.find(id)), ann)
  // What is in the trash may come back, and then is as it was.
  expect(await folder.shares(links).list(resource)).toEqual([share])
  await folder.trash.empty()
  expect(await folder.shares(links).list(resource)).toEqual([])
  expect(await folder.activities.list(id)).toEqual([])
  expect(await folder.activities.mentioning('bob', 10)).toEqual([])
})
