import { createClient } from '@openwopi/client'
import { expect, test } from 'vitest'
import type { AuditLog } from '../src/api.ts'
import { signIn, start } from './start.ts'

async function* bytes(text: string) {
  yield new TextEncoder().encode(text)
}

const users = { anna: 'pass-word-of-anna', bob: 'pass-word-of-bob' }

test('who opened, saved, renamed, shared, deleted and restored what is written down, and outlives a restart', async () => {
  const server = await start({ users, files: { 'a.txt': 'one' } })
  const Cookie = await signIn(server, 'anna', users.anna)
  const change = (method: string, path: string, body?: object) => server.change(method, path, body, { Cookie })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', user: 'bob' })
  const id = wopiSrc.split('/').at(-1)
  await server.ask(`/open/${id}?action=view`, { headers: { Cookie } })
  const file = createClient({ wopiSrc, accessToken })
  await file.lock({ lock: 'mine' })
  await file.putFile({ lock: 'mine', content: bytes('two') })
  await file.putFile({ lock: 'other', content: bytes('refused') }).catch(() => {})
  await change('DELETE', `/api/files/${id}/lock`)
  await change('PATCH', `/api/files/${id}`, { name: 'b.txt' })
  await server.ask(`/api/files/${id}/content`, { headers: { Cookie } })
  await change('POST', '/api/folders/root/folders', { name: 'Plans' })
  await change('POST', `/api/files/${id}/shares`, { type: 'ReadOnly' })
  await change('DELETE', `/api/files/${id}`)
  await change('POST', `/api/trash/${id}/restore`)

  await server.stop()
  const again = await start({ on: server, users: {} })
  const log: AuditLog = await (
    await again.ask('/api/audit', { headers: { Cookie: renamed(Cookie, again.url) } })
  ).json()
  expect(log.entries.map(({ by, what, details = '' }) => [by.name, what, details].join(' ').trim()).reverse()).toEqual([
    'anna signed in',
    'anna opened to read, with fake',
    'bob saved',
    'anna broke a lock of bob',
    'anna renamed from a.txt',
    'anna downloaded',
    'anna created',
    'anna shared ReadOnly',
    'anna deleted',
    'anna restored',
  ])
  expect(log.entries[0]).toMatchObject({ to: { id, name: 'b.txt' }, at: expect.any(Number) })
})

test('the audit log is read page by page, about one file, or whole, and by owners alone', async () => {
  const server = await start({ users, files: { 'a.txt': 'one', 'b.txt': 'two' } })
  const Cookie = await signIn(server, 'anna', users.anna)
  const bobs = await signIn(server, 'bob', users.bob)
  const ask = async (path: string, cookie = Cookie) => server.ask(path, { headers: { Cookie: cookie } })
  const list = async (path: string): Promise<AuditLog> => (await ask(path)).json()
  const files = (await (await ask('/api/folders/root')).json()).files as { id: string; name: string }[]
  for (const { id } of files) await ask(`/open/${id}`)

  const first = await list('/api/audit?limit=2')
  const rest = await list(`/api/audit?limit=2&before=${first.before}`)
  expect([...first.entries, ...rest.entries].map(({ what }) => what)).toEqual([
    'opened',
    'opened',
    'signed in',
    'signed in',
  ])
  expect((await list(`/api/audit?about=${files[0]?.id}`)).entries).toHaveLength(1)
  const lines = (await (await ask('/api/audit/export')).text()).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).what)).toEqual(['signed in', 'signed in', 'opened', 'opened'])
  expect((await ask('/api/audit?limit=x')).status).toBe(400)
  for (const path of ['/api/audit', '/api/audit/export']) expect((await ask(path, bobs)).status).toBe(403)
})

/** A cookie as another server of the same machine calls it. */
const renamed = (cookie: string, url: string) => cookie.replace(/^[^=]+/, `openwopi_session_${new URL(url).port}`)
