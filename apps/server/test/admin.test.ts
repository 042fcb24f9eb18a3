import { createClient } from '@openwopi/client'
import { expect, test } from 'vitest'
import type { AdminClients, AdminLocks, AdminSessions, AdminStorage } from '../src/api.ts'
import { discoveryXml, fakeClient, xml } from './fake-client.ts'
import { type Server, signIn, start } from './start.ts'

const users = { anna: 'pass-word-of-anna', bob: 'pass-word-of-bob' }

/** A server on which Anna is the owner, and Bob is signed in as well. */
async function world() {
  const server = await start({ users, files: { 'a.txt': 'one', 'b.txt': 'four' } })
  const annas = await signIn(server, 'anna', users.anna)
  const bobs = await signIn(server, 'bob', users.bob)
  const ask = (path: string, Cookie = annas) => server.ask(path, { headers: { Cookie } })
  const read = async <T>(path: string): Promise<T> => (await ask(path)).json()
  const change = (method: string, path: string) => server.change(method, path, undefined, { Cookie: annas })
  return { server, bobs, ask, read, change }
}

async function editing(server: Server, path: string) {
  const { wopiSrc, accessToken } = await server.token({ path, user: 'bob' })
  return createClient({ wopiSrc, accessToken })
}

test('an owner sees who is signed in, and ends a session of somebody else', async () => {
  const { server, bobs, ask, read, change } = await world()
  const { items, total } = await read<AdminSessions>('/api/admin/sessions')
  expect(total).toBe(2)
  expect(items.map(({ name, isThis }) => [name, isThis]).sort()).toEqual([
    ['anna', true],
    ['bob', false],
  ])
  const other = items.find(({ name }) => name === 'bob')
  expect((await ask('/api/folders/root', bobs)).status).toBe(200)
  expect((await change('DELETE', `/api/admin/sessions/${other?.id}`)).status).toBe(204)
  expect((await ask('/api/folders/root', bobs)).status).toBe(401)
  expect((await read<AdminSessions>('/api/admin/sessions')).total).toBe(1)
  const { entries } = await read<{ entries: readonly { what: string; details?: string }[] }>('/api/audit?limit=1')
  expect(entries[0]).toMatchObject({ what: 'ended a session', details: 'of bob' })
  await server.stop()
})

test('an owner sees which documents are locked, by whom and in what, and ends a lock', async () => {
  const { server, read, change } = await world()
  const file = await editing(server, 'a.txt')
  await file.lock({ lock: 'mine' })
  const { items, hasMore } = await read<AdminLocks>('/api/admin/locks')
  expect(hasMore).toBe(false)
  expect(items).toEqual([
    expect.objectContaining({ name: 'a.txt', by: 'bob', folderId: 'root', until: expect.any(Number) }),
  ])
  expect((await change('DELETE', `/api/files/${items[0]?.fileId}/lock`)).status).toBe(204)
  expect((await read<AdminLocks>('/api/admin/locks')).items).toEqual([])
})

test('an owner sees the clients, whether they answer, and what they sign with', async () => {
  const client = await fakeClient()
  const { config, origin } = client
  client.answerWith(xml(discoveryXml(origin)))
  const server = await start({ config: { clients: [config] } })
  const clients = async (): Promise<AdminClients> => (await server.ask('/api/admin/clients')).json()
  const known = await clients()
  expect(known.items).toEqual([expect.objectContaining({ name: config.name, url: config.url, isKnown: true })])
  expect(known.items[0]?.why).toBeUndefined()
  expect(known.items[0]?.keys).toEqual([])
  expect((await server.change('POST', '/api/admin/clients/nobody/read')).status).toBe(404)
})

test('an owner sees how much is stored', async () => {
  const { server, read } = await world()
  const file = await editing(server, 'a.txt')
  await file.lock({ lock: 'mine' })
  await file.putFile({ lock: 'mine', content: bytes('twelve chars') })
  const { answer } = await read<AdminStorage>('/api/admin/storage')
  expect(answer).toEqual({
    folders: 1,
    files: { count: 2, bytes: 16 },
    earlierVersions: { count: 1, bytes: 3 },
    trash: { count: 0, bytes: 0 },
    free: expect.any(Number),
  })
})

test('nobody but an owner sees any of it', async () => {
  const { ask, bobs } = await world()
  for (const what of ['sessions', 'locks', 'clients', 'storage'])
    expect((await ask(`/api/admin/${what}`, bobs)).status).toBe(403)
})

async function* bytes(text: string) {
  yield new TextEncoder().encode(text)
}
