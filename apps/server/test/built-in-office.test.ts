import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { start } from './start.ts'

const builtIn = { config: { clients: [] } }

test('without other clients, the built-in office opens documents, from an origin of its own', async () => {
  const server = await start({ ...builtIn, files: { 'a.md': '# Hello' } })
  expect(server.officeUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(server.officeUrl).not.toBe(server.url)
  const { id, actions } = await server.file('a.md')
  expect(actions).toEqual({ view: true, edit: true })
  const page = await server.ask(`/open/${id}`)
  expect(page.status).toBe(200)
  expect(page.headers.get('Content-Security-Policy')).toContain(`frame-src ${server.officeUrl};`)
  const { newDocuments } = await (await server.ask('/api/session')).json()
  expect(newDocuments.map(({ extension }: { extension: string }) => extension)).toContain('md')
})

test('its requests carry proofs, and a token that was made for it is worth nothing without them', async () => {
  const server = await start({ ...builtIn, files: { 'a.md': '# Hello' } })
  const { wopiSrc, accessToken, actionUrl } = await server.token({ path: 'a.md', client: 'office' })
  expect((await fetch(`${wopiSrc}?access_token=${accessToken}`)).status).toBe(500)
  expect(actionUrl?.startsWith(`${server.officeUrl}/`)).toBe(true)
  const opened = await fetch(actionUrl ?? '', {
    method: 'POST',
    body: new URLSearchParams({ access_token: accessToken, access_token_ttl: '0' }),
  })
  expect(opened.status).toBe(200)
  const calls = server.log.filter(({ event, client }) => event === 'wopi' && client === 'office')
  expect(calls.at(-1)).toMatchObject({ operation: 'checkFileInfo', status: 200 })
})

test('after a restart it is found at the same port, unless another program has taken that', async () => {
  const first = await start(builtIn)
  await first.stop()
  const second = await start({ ...builtIn, on: first })
  expect(second.officeUrl).toBe(first.officeUrl)
  await second.stop()

  const taken = createServer()
  onTestFinished(() => void taken.close())
  await new Promise<void>((resolve) => taken.listen(Number(new URL(first.officeUrl ?? '').port), '127.0.0.1', resolve))
  const third = await start({ ...builtIn, on: first })
  expect(third.officeUrl).not.toBe(first.officeUrl)
})

test('behind an https address it needs one of its own', async () => {
  const config = { clients: [], publicUrl: 'https://localhost' }
  await expect(start({ config })).rejects.toThrow(/--office-url/)
  const server = await start({
    config: { ...config, officeUrl: 'https://office.example.org', callbackUrl: 'http://127.0.0.1:1' },
  })
  expect(server.officeUrl).toBe('https://office.example.org')
})

test('its pages, those that say what is wrong among them, stand in pages of the public address', async () => {
  const addresses = { publicUrl: 'http://localhost:9', callbackUrl: 'http://127.0.0.1:9' }
  const server = await start({ config: { clients: [], ...addresses } })
  const page = await fetch(`${server.officeUrl}/edit`)
  expect(page.status).toBe(405)
  const policy = page.headers.get('Content-Security-Policy')
  expect(policy).toContain(`frame-ancestors ${addresses.callbackUrl} ${addresses.publicUrl}`)
})
