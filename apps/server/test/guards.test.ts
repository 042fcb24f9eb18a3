import { request } from 'node:http'
import { expect, test } from 'vitest'
import { problemOf, type Server, signIn, start } from './start.ts'

/** Asks with headers that `fetch` would set by itself. */
const raw = (
  server: Server,
  headers: Record<string, string>,
  { method = 'GET', path = '/api/session' } = {},
): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url)
    const req = request({ hostname, port, path, method, headers }, (res) => {
      res.resume()
      resolve(res.statusCode ?? 0)
    })
    req.on('error', reject).end()
  })

const users = { anna: 'right password' }

test('a page of another site that has made its own name mean this machine gets nothing', async () => {
  const server = await start()
  const { port } = new URL(server.url)
  for (const Host of ['evil.example', `evil.example:${port}`, '10.0.0.1', 'localhost.evil.example']) {
    expect([Host, await raw(server, { Host })]).toEqual([Host, 421])
  }
  for (const Host of ['localhost@evil.example', 'localhost/evil.example']) {
    expect([400, 421]).toContain(await raw(server, { Host }))
  }
  expect(await raw(server, { Host: 'evil.example' }, { path: '/' })).toBe(421)
  for (const Host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, 'LOCALHOST']) {
    expect([Host, await raw(server, { Host })]).toEqual([Host, 200])
  }
})

test('the names of the public and the callback address are its own too', async () => {
  const server = await start({
    users,
    config: { publicUrl: 'http://files.example.org', callbackUrl: 'http://host.internal:8080' },
  })
  expect(await raw(server, { Host: 'files.example.org' })).toBe(200)
  expect(await raw(server, { Host: 'host.internal:8080' })).toBe(200)
  expect(await raw(server, { Host: 'example.org' })).toBe(421)
})

test('whoever calls it localhost is led to the name that editors are told, but not behind a proxy', async () => {
  const location = async (server: Server, path: string, Host: string) =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.url)
      const req = request({ hostname, port, path, headers: { Host } }, (res) => {
        res.resume()
        resolve(res.headers.location)
      })
      req.on('error', reject).end()
    })
  const server = await start()
  const { port } = new URL(server.url)
  expect(await location(server, '/open/x?action=edit', `localhost:${port}`)).toBe(`${server.url}/open/x?action=edit`)
  expect(await location(server, '/', `localhost:${port}`)).toBe(`${server.url}/`)
  expect(await location(server, '/', `127.0.0.1:${port}`)).toBeUndefined()
  expect(await location(server, '/', 'localhost:1')).toBeUndefined()
  expect(await location(server, '/api/session', `localhost:${port}`)).toBeUndefined()
  const proxied = await start({ users, config: { publicUrl: 'http://files.example.org' } })
  expect(await location(proxied, '/sign-in', `localhost:${new URL(proxied.url).port}`)).toBeUndefined()
})

test('forwarded headers count only when a trusted proxy sends them', async () => {
  const forwarded = { Host: '127.0.0.1', 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-For': '203.0.113.9' }
  expect(await raw(await start(), forwarded)).toBe(200)
  const config = { trustedProxies: ['127.0.0.0/8'], publicUrl: 'https://files.example.org' }
  const proxied = await start({ users, config })
  expect(await raw(proxied, forwarded)).toBe(421)
  expect(await raw(proxied, { Host: '127.0.0.1', 'X-Forwarded-Host': 'files.example.org' })).toBe(200)
})

test('tries to sign in are counted for each address that a trusted proxy names', async () => {
  const server = await start({
    users,
    config: { trustedProxies: ['127.0.0.1'] },
    options: { now: () => 1_800_000_000_000 },
  })
  const attempt = async (name: string, address: string) => {
    const headers = { 'X-Forwarded-For': `6.6.6.6, ${address}`, 'X-Forwarded-Host': '127.0.0.1' }
    return (await server.change('POST', '/api/session', { name, password: 'wrong' }, headers)).status
  }
  for (let i = 0; i < 10; i++) expect(await attempt(`user${i}`, '203.0.113.9')).toBe(401)
  expect(await attempt('user10', '203.0.113.9')).toBe(429)
  expect(await attempt('user10', '203.0.113.10')).toBe(401)
})

test('a change is taken only with the header that no other site can send', async () => {
  const server = await start()
  const create = (headers: Record<string, string>) =>
    server.ask('/api/folders/root/folders', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ name: 'new' }),
    })
  expect((await create({})).status).toBe(403)
  expect((await create({ 'X-OpenWOPI': '0' })).status).toBe(403)
  expect((await create({ 'X-OpenWOPI': '1', Origin: 'http://evil.example' })).status).toBe(403)
  expect((await create({ 'X-OpenWOPI': '1', Origin: 'null' })).status).toBe(403)
  expect((await create({ 'X-OpenWOPI': '1', 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
  expect((await create({ 'X-OpenWOPI': '1', 'Sec-Fetch-Site': 'same-site' })).status).toBe(403)
  expect((await server.list()).folders).toEqual([])
  expect((await create({ 'X-OpenWOPI': '1', Origin: server.url, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(201)
})

test('every route that changes something asks for it', async () => {
  const server = await start({ users: { anna: 'right password' } })
  const Cookie = await signIn(server, 'anna', 'right password')
  const routes = [
    ['POST', '/api/session'],
    ['DELETE', '/api/session'],
    ['POST', '/api/folders/root/folders'],
    ['POST', '/api/folders/root/files'],
    ['PATCH', '/api/folders/x'],
    ['DELETE', '/api/folders/x'],
    ['PATCH', '/api/files/x'],
    ['DELETE', '/api/files/x'],
    ['DELETE', '/api/files/x/lock'],
    ['POST', '/api/files/x/versions/1/restore'],
    ['POST', '/api/trash/x/restore'],
    ['DELETE', '/api/trash'],
    ['POST', '/api/uploads'],
    ['PATCH', '/api/uploads/00000000000000000000000000000000'],
    ['DELETE', '/api/uploads/00000000000000000000000000000000'],
  ] as const
  for (const [method, path] of routes) {
    const { status } = await server.ask(path, { method, headers: { Cookie } })
    expect([method, path, status]).toEqual([method, path, 403])
  }
})

test('a body that is no JSON, too long, or not what the route takes is refused with a sentence', async () => {
  const server = await start()
  const post = (body: string, type = 'application/json') =>
    server.ask('/api/folders/root/folders', {
      method: 'POST',
      headers: { 'X-OpenWOPI': '1', 'Content-Type': type },
      body,
    })
  expect((await post('{"name":"a"}', 'text/plain')).status).toBe(415)
  expect((await post('{"name":')).status).toBe(400)
  expect((await post('{"nom":"a"}')).status).toBe(400)
  expect((await post(JSON.stringify({ name: 'a'.repeat(70_000) }))).status).toBe(413)
  expect((await problemOf(await post('{}'))).message).toMatch(/name/)
})

test('pages and answers carry headers that keep what they hold to themselves', async () => {
  const server = await start()
  const api = await server.ask('/api/session')
  expect(api.headers.get('X-Content-Type-Options')).toBe('nosniff')
  expect(api.headers.get('Cache-Control')).toBe('no-store')
  expect(api.headers.get('Referrer-Policy')).toBe('no-referrer')
  expect(api.headers.get('Content-Security-Policy')).toMatch(/default-src 'none'/)
  expect(api.headers.get('Access-Control-Allow-Origin')).toBeNull()
})

test('what is not there is said so, to programs as a problem and to people as a page', async () => {
  const server = await start()
  const api = await server.ask('/api/nothing')
  expect([api.status, api.headers.get('Content-Type')]).toEqual([404, 'application/json'])
  const page = await server.ask('/nothing')
  expect([page.status, page.headers.get('Content-Type')]).toEqual([404, 'text/html; charset=utf-8'])
  for (const path of [
    '/assets/../app.js',
    '/assets/%2e%2e/app.js',
    '/assets/.vite/manifest.json',
    '/assets/nothing.js',
  ]) {
    expect([path, (await server.ask(path)).status]).toEqual([path, 404])
  }
})

test('the files of the pages are kept by browsers for ever when their names say what is in them', async () => {
  const server = await start()
  const page = await (await server.ask('/')).text()
  const script = /src="([^"]+\.js)"/.exec(page)?.[1] ?? ''
  const zipped = await server.ask(script, { headers: { 'Accept-Encoding': 'gzip' } })
  const plain = await server.ask(script, { headers: { 'Accept-Encoding': 'identity' } })
  expect([zipped.headers.get('Content-Encoding'), plain.headers.get('Content-Encoding')]).toEqual(['gzip', null])
  expect(await zipped.text()).toBe(await plain.text())
  expect(zipped.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
  expect(zipped.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8')
})

test('the pages of the app load nothing from elsewhere and cannot be framed by others', async () => {
  const server = await start()
  for (const path of ['/', '/trash', '/sign-in', '/folder/root']) {
    const page = await server.ask(path)
    const policy = page.headers.get('Content-Security-Policy') ?? ''
    expect([path, page.status, page.headers.get('Cache-Control')]).toEqual([path, 200, 'no-store'])
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'self'")
    expect(policy).not.toContain('unsafe')
  }
})
