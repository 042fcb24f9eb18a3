import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { expect, onTestFinished, test, vi } from 'vitest'
import { postgres } from '../../../packages/storage-sql/test/databases.ts'
import { withUsers } from '../src/state/open-state.ts'
import { type Start, signIn, start } from './start.ts'

const databases = postgres()

async function* bytes(text: string) {
  yield new TextEncoder().encode(text)
}

/** Servers of one database and one blob store, each with a data folder of its own. */
async function cluster({ users = {}, ...rest }: Start = {}) {
  const blobs = await mkdtemp(join(tmpdir(), 'openwopi-blobs-'))
  onTestFinished(() => rm(blobs, { recursive: true, force: true }))
  const database = await databases.fresh()
  const place = { dataFolder: blobs, database }
  for (const [name, password] of Object.entries(users)) await withUsers(place, (kept) => kept.add({ name, password }))
  const node = () => start({ ...rest, config: { database, blobs, ...rest.config } })
  return { place, one: await node(), other: await node() }
}

test('what is saved through one server is there through the other, and so is its lock', async () => {
  const { one, other } = await cluster()
  const made = await one.change('POST', '/api/folders/root/files', { name: 'a.txt' })
  expect(made.status).toBeLessThan(300)
  const here = createClient(await one.token({ path: 'a.txt' }))
  const { wopiSrc, accessToken } = await one.token({ path: 'a.txt' })
  const there = createClient({ wopiSrc: wopiSrc.replace(one.url, other.url), accessToken })

  await here.lock({ lock: 'mine' })
  await expect(there.lock({ lock: 'yours' })).rejects.toMatchObject({ code: 'LockMismatch', details: { lock: 'mine' } })
  const { version } = await there.putFile({ lock: 'mine', content: bytes('through the other') })
  expect((await here.checkFileInfo()).info.Version).toBe(version)
  await here.unlock({ lock: 'mine' })
})

test('whoever is signed in at one server is at the other, and whoever is out is out at both', async () => {
  const { place, one, other } = await cluster({ users: { anna: 'pass-word-of-anna', bob: 'pass-word-of-bob' } })
  const Cookie = (await signIn(one, 'anna', 'pass-word-of-anna')).replace(/^[^=]+/, cookieName(other.url))
  expect((await other.ask('/api/trash', { headers: { Cookie } })).status).toBe(200)

  await withUsers(place, (kept) => kept.remove('anna'))
  await vi.waitFor(async () => expect((await other.ask('/api/trash', { headers: { Cookie } })).status).toBe(401), {
    timeout: 60_000,
    interval: 50,
  })
})

test('whoever was just added signs in at once, at a server that has looked before', async () => {
  const { place, one } = await cluster({ users: { anna: 'pass-word-of-anna' } })
  await signIn(one, 'anna', 'pass-word-of-anna')
  await withUsers(place, (kept) => kept.add({ name: 'bob', password: 'pass-word-of-bob' }))
  const Cookie = await signIn(one, 'bob', 'pass-word-of-bob')
  expect((await one.ask('/api/trash', { headers: { Cookie } })).status).toBe(200)
})

test('a token that is taken back at one server opens nothing at the other, within two seconds', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const { one, other } = await cluster()
  await one.change('POST', '/api/folders/root/files', { name: 'a.txt' })
  const { wopiSrc, accessToken } = await one.token({ path: 'a.txt' })
  const there = createClient({ wopiSrc: wopiSrc.replace(one.url, other.url), accessToken })
  await there.checkFileInfo()
  expect((await one.control('revoke', { accessToken })).status).toBe(204)
  vi.advanceTimersByTime(2000)
  vi.useRealTimers()
  await vi.waitFor(() => expect(there.checkFileInfo()).rejects.toMatchObject({ code: 'InvalidToken' }), {
    timeout: 60_000,
    interval: 50,
  })
})

test('what happens at one server is told to those who look at the other', async () => {
  const { one, other } = await cluster()
  const seen: string[] = []
  const stream = await other.ask('/api/events')
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  onTestFinished(() => reader?.cancel())
  await one.change('POST', '/api/folders/root/files', { name: 'told.txt' })
  while (reader && !seen.join('').includes('told.txt')) {
    const { value, done } = await reader.read()
    if (done) break
    seen.push(value)
  }
  expect(seen.join('')).toContain('"created"')
})

test('tries to sign in at one server count at the other', async () => {
  const { one, other } = await cluster({ users: { anna: 'pass-word-of-anna' } })
  const attempt = async (node: typeof one) =>
    (await node.change('POST', '/api/session', { name: 'anna', password: 'a guess' })).status
  const statuses: number[] = []
  for (const node of [one, other, one, other, one]) statuses.push(await attempt(node))
  expect(statuses).toEqual(Array(5).fill(401))
  expect([await attempt(one), await attempt(other)]).toEqual([429, 429])
})

/** As the server at this address calls its cookie. */
const cookieName = (url: string) => `openwopi_session_${new URL(url).port}`

test('an upload that was begun at one server goes on at the other, and is whole', async () => {
  const { one, other } = await cluster()
  const tus = { 'Tus-Resumable': '1.0.0', 'X-OpenWOPI': '1' }
  const name = Buffer.from('parts.txt').toString('base64')
  const begun = await one.ask('/api/uploads', {
    method: 'POST',
    headers: { ...tus, 'Upload-Length': '9', 'Upload-Metadata': `name ${name}` },
  })
  const path = begun.headers.get('Location') ?? ''
  const send = (server: typeof one, offset: number, body: string) =>
    server.ask(path, {
      method: 'PATCH',
      headers: { ...tus, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
      body,
    })
  expect((await send(other, 0, 'one ')).status).toBe(204)
  expect((await other.ask(path, { method: 'HEAD', headers: tus })).headers.get('Upload-Offset')).toBe('4')
  expect((await send(one, 4, 'two')).status).toBe(204)
  const last = await send(other, 7, '!!')
  const id = last.headers.get('X-OpenWOPI-File')
  expect(await (await other.ask(`/download/${id}`)).text()).toBe('one two!!')

  await one.stop()
  const away = await other.ask(path, { method: 'HEAD', headers: tus })
  expect(away.status).toBe(503)
})

test('nobody but a server has another one answer for an upload: a made-up pass is no pass', async () => {
  const { one, other } = await cluster()
  const tus = { 'Tus-Resumable': '1.0.0', 'X-OpenWOPI': '1' }
  const begun = await one.ask('/api/uploads', { method: 'POST', headers: { ...tus, 'Upload-Length': '9' } })
  const path = begun.headers.get('Location') ?? ''
  const forged = { 'OpenWOPI-Node-Pass': `${Date.now()}.${'A'.repeat(43)}` }
  const asked = await other.ask(path, { method: 'HEAD', headers: { ...tus, ...forged } })
  expect(asked.headers.get('Upload-Offset')).toBe('0')
})
