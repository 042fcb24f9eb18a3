import { expect, test } from 'vitest'
import { fakeClient } from './fake-client.ts'
import { reverseProxy } from './reverse-proxy.ts'
import { start } from './start.ts'

/** A server that lies under `/docs` for browsers; `keepsPrefix`: the proxy leaves it to the server to know. */
async function underDocs(keepsPrefix: boolean) {
  const proxy = await reverseProxy({ prefix: '/docs', keepsPrefix })
  const client = await fakeClient()
  const server = await start({
    files: { 'a.txt': 'aa', 'sub/b.txt': '<a href="/x">' },
    config: { publicUrl: `${proxy.origin}/docs`, clients: [client.config] },
  })
  proxy.leadTo(server.url)
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${proxy.origin}/docs${path}`, { redirect: 'manual', ...init })
  return { server, ask, base: `${proxy.origin}/docs` }
}

test.each([false, true])(
  'pages lead to what lies under their path (the proxy leaves it there: %s)',
  async (keepsPrefix) => {
    const { server, ask } = await underDocs(keepsPrefix)
    const { id } = await server.file('a.txt')
    for (const path of ['/', '/trash', `/open/${id}`, '/open/nothing', '/?x=1', '']) {
      const html = await (await ask(path)).text()
      expect(html).toContain('<html data-base="/docs" lang="en">')
      const led = [...html.matchAll(/ (?:href|src)="(\/[^"]*)"/g)].map(([, address]) => address)
      expect(led.length).toBeGreaterThan(1)
      expect(led.filter((address) => !address?.startsWith('/docs/'))).toEqual([])
      for (const address of led.filter((one) => one?.includes('/assets/'))) {
        expect((await ask(address?.replace('/docs', '') ?? '')).status, address).toBe(200)
      }
    }
  },
)

test('addresses that are given away have the path, and documents are sent as they are', async () => {
  const { server, ask, base } = await underDocs(false)
  const { id } = await server.file('a.txt')
  const { wopiSrc, accessToken, actionUrl } = await server.token({ path: 'a.txt' })
  expect(wopiSrc).toBe(`${base}/wopi/files/${id}`)
  expect(actionUrl).toContain(encodeURIComponent(wopiSrc))
  const info = await (await fetch(`${wopiSrc}?access_token=${accessToken}`)).json()
  expect(info.HostEditUrl ?? info.HostViewUrl).toContain(`${base}/open/${id}`)
  expect(info.PostMessageOrigin).toBe(new URL(base).origin)
  expect((await fetch(info.DownloadUrl)).status).toBe(200)

  const { folders } = await server.list()
  const [sub] = (await server.list(folders[0]?.id)).files
  expect(await (await ask(`/api/files/${sub?.id}/content`)).text()).toBe('<a href="/x">')
})

test('uploads go on at an address with the path, and redirects lead there', async () => {
  const { ask } = await underDocs(true)
  const headers = {
    'X-OpenWOPI': '1',
    'Tus-Resumable': '1.0.0',
    'Upload-Length': '3',
    'Upload-Metadata': `name ${btoa('c.txt')}`,
  }
  const made = await ask('/api/uploads', { method: 'POST', headers })
  expect(made.headers.get('Location')).toMatch(/^\/docs\/api\/uploads\/[0-9a-f]{32}$/)
  const sent = await ask((made.headers.get('Location') ?? '').replace('/docs', ''), {
    method: 'PATCH',
    headers: {
      'X-OpenWOPI': '1',
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': '0',
      'Content-Type': 'application/offset+octet-stream',
    },
    body: 'abc',
  })
  expect(sent.status).toBe(204)
})

test('who is not signed in is led to the page for it under the path', async () => {
  const proxy = await reverseProxy({ prefix: '/docs' })
  const server = await start({ users: { ann: 'correct horse battery' }, config: { publicUrl: `${proxy.origin}/docs` } })
  proxy.leadTo(server.url)
  const led = await fetch(`${proxy.origin}/docs/trash`, { redirect: 'manual' })
  expect(led.headers.get('Location')).toBe('/docs/sign-in?next=%2Ftrash')
})

test.each(['/api/v1', '/admin', '/failed-saves', '/trash/'])(
  'a path that begins like one of the pages is refused: %s',
  async (path) => {
    await expect(start({ config: { publicUrl: `http://127.0.0.1:1${path}` } })).rejects.toThrow(
      `The server's own pages lie under /${path.split('/')[1]}`,
    )
  },
)
