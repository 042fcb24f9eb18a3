import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Session } from '../src/api.ts'
import { addUser, removeUser } from '../src/users.ts'
import { problemOf, signIn, start } from './start.ts'

const anna = { anna: 'correct horse battery' }
const session = async (response: Response) => (await response.json()) as Session

test('on a loopback address without users, whoever comes is the local user and owner', async () => {
  const server = await start()
  const { user, canSignOut } = await session(await server.ask('/api/session'))
  expect(user).toMatchObject({ id: 'local', isOwner: true })
  expect(canSignOut).toBe(false)
})

test.each([{ host: '0.0.0.0', publicUrl: 'http://files.example.org' }, { publicUrl: 'https://files.example.org' }])(
  'where others are meant to come, as with %j, a server without users does not start and says what to do',
  async (config) => {
    await expect(start({ config })).rejects.toThrow('openwopi user add NAME')
  },
)

test('once its last user is taken away, a server that others are meant to reach is open to nobody', async () => {
  const server = await start({ users: anna, config: { publicUrl: 'https://files.example.org' } })
  await removeUser(server.dataFolder, 'anna')
  expect((await server.ask('/api/folders/root')).status).toBe(401)
})

test('on every address at once, a server needs to know its name', async () => {
  await expect(start({ users: anna, config: { host: '0.0.0.0' } })).rejects.toThrow(/--public-url http:\/\/\S+/)
})

test('with users, nothing is told to anyone who has not signed in', async () => {
  const server = await start({ users: anna, files: { 'a.txt': 'secret' } })
  for (const path of [
    '/api/folders/root',
    '/api/search?q=a',
    '/api/trash',
    '/api/events',
    '/api/files/x',
    '/api/uploads',
  ]) {
    expect([path, (await server.ask(path)).status]).toEqual([path, 401])
  }
  const told = await session(await server.ask('/api/session'))
  const nothing = { canSignOut: false, newDocuments: [], canShare: false, hasActivities: false }
  expect(told).toEqual({ folderName: 'Documents', ...nothing })
  const page = await server.ask('/open/x?action=view')
  expect([page.status, page.headers.get('Location')]).toEqual([303, '/sign-in?next=%2Fopen%2Fx%3Faction%3Dview'])
})

test('a session begins with name and password, in a cookie that no script and no other site can use', async () => {
  const server = await start({ users: anna })
  const response = await server.change('POST', '/api/session', { name: 'anna', password: anna.anna })
  expect((await session(response)).user).toMatchObject({ name: 'anna', isOwner: true })
  const cookie = response.headers.get('Set-Cookie') ?? ''
  expect(cookie).toMatch(/^openwopi_session_\d+=[\w-]{43}; /)
  expect(cookie).toMatch(/; HttpOnly/)
  expect(cookie).toMatch(/; SameSite=Lax/)
  expect(cookie).toMatch(/; Path=\//)
  expect(cookie).not.toMatch(/; Domain=/)
  const inside = await server.ask('/api/folders/root', { headers: { Cookie: cookie.split(';')[0] ?? '' } })
  expect(inside.status).toBe(200)
})

test('behind https, the cookie is Secure and bound to the host by its name', async () => {
  const server = await start({ users: anna, config: { publicUrl: 'https://files.example.org' } })
  const response = await server.change('POST', '/api/session', { name: 'anna', password: anna.anna })
  const cookie = response.headers.get('Set-Cookie') ?? ''
  expect(cookie).toMatch(/^__Host-openwopi_session=/)
  expect(cookie).toMatch(/; Secure/)
})

test('a wrong password and an unknown name get the same answer', async () => {
  const server = await start({ users: anna })
  const wrong = await server.change('POST', '/api/session', { name: 'anna', password: 'wrong' })
  const unknown = await server.change('POST', '/api/session', { name: 'otto', password: 'wrong' })
  expect([wrong.status, unknown.status]).toEqual([401, 401])
  expect(await wrong.json()).toEqual(await unknown.json())
  expect(wrong.headers.get('Set-Cookie')).toBeNull()
})

test('after too many tries for a name, the right password has to wait as well', async () => {
  const clock = { now: Date.now() }
  const server = await start({ users: anna, options: { now: () => clock.now } })
  const tries = []
  for (let i = 0; i < 6; i++)
    tries.push(await server.change('POST', '/api/session', { name: 'Anna', password: `no ${i}` }))
  expect(tries.map(({ status }) => status)).toEqual([...Array(5).fill(401), 429])
  expect(Number(tries.at(-1)?.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect((await server.change('POST', '/api/session', { name: 'anna', password: anna.anna })).status).toBe(429)
  clock.now += 2 * 60_000
  expect((await server.change('POST', '/api/session', { name: 'anna', password: anna.anna })).status).toBe(200)
})

test('a session survives a restart, and ends when it is signed out of', async () => {
  const server = await start({ users: anna })
  const Cookie = await signIn(server, 'anna', anna.anna)
  await server.stop()
  const again = await start({ on: server, config: { port: Number(new URL(server.url).port) } })
  expect((await again.ask('/api/trash', { headers: { Cookie } })).status).toBe(200)
  const out = await again.change('DELETE', '/api/session', undefined, { Cookie })
  expect([out.status, out.headers.get('Set-Cookie')]).toEqual([204, expect.stringMatching(/Max-Age=0/)])
  expect((await again.ask('/api/trash', { headers: { Cookie } })).status).toBe(401)
})

test('a session that is used stays, one that is not ends after a week, and none lasts for ever', async () => {
  const clock = { now: Date.now() }
  const server = await start({ users: anna, options: { now: () => clock.now } })
  const Cookie = await signIn(server, 'anna', anna.anna)
  const status = async () => (await server.ask('/api/trash', { headers: { Cookie } })).status
  const day = 24 * 60 * 60_000
  for (let days = 0; days < 24; days += 6) {
    expect(await status()).toBe(200)
    clock.now += 6 * day
  }
  clock.now += 7 * day
  expect(await status()).toBe(401)
})

test('someone who is taken off the list is out at once, with sessions and with tokens', async () => {
  const server = await start({ users: { ...anna, otto: 'another password' }, files: { 'a.txt': 'x' } })
  const Cookie = await signIn(server, 'otto', 'another password')
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', user: 'otto' })
  const status = async () => [
    (await server.ask('/api/trash', { headers: { Cookie } })).status,
    (await fetch(`${wopiSrc}?access_token=${accessToken}`)).status,
  ]
  expect(await status()).toEqual([200, 200])
  await removeUser(server.dataFolder, 'otto')
  expect(await status()).toEqual([401, 401])
})

test('whoever is given another password has to sign in again everywhere', async () => {
  const server = await start({ users: { ...anna, otto: 'another password' } })
  const Cookie = await signIn(server, 'otto', 'another password')
  await removeUser(server.dataFolder, 'otto')
  await addUser(server.dataFolder, { name: 'otto', password: 'a third password' })
  expect((await server.ask('/api/trash', { headers: { Cookie } })).status).toBe(401)
  expect(await signIn(server, 'otto', 'a third password')).toBeTruthy()
})

test('a damaged list of users lets nobody in', async () => {
  const server = await start({ users: anna })
  await writeFile(join(server.dataFolder, 'users.json'), '[{')
  const response = await server.ask('/api/folders/root')
  expect(response.status).toBe(500)
  expect((await problemOf(response)).message).not.toMatch(/users\.json|JSON/)
})

test('where others reach the server, taking the last user off the list opens it to nobody', async () => {
  const server = await start({
    users: anna,
    files: { 'a.txt': 'x' },
    config: { host: '0.0.0.0', publicUrl: 'http://files.example.org' },
  })
  const { accessToken, wopiSrc } = await server.token({ path: 'a.txt' })
  const wopi = `${server.url}${new URL(wopiSrc).pathname}?access_token=${accessToken}`
  expect((await fetch(wopi)).status).toBe(200)
  await writeFile(join(server.dataFolder, 'users.json'), '[]')
  expect((await fetch(wopi)).status).toBe(401)
  expect((await server.ask('/api/folders/root')).status).toBe(401)
})
