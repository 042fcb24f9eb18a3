import { createClient } from '@openwopi/client'
import { expect, test } from 'vitest'
import { discoveryXml, fakeClient, xml } from './fake-client.ts'
import { type Server, start } from './start.ts'

const open = async (server: Server, name: string, query = '', headers: Record<string, string> = {}) => {
  const response = await server.ask(`/open/${(await server.file(name)).id}${query}`, { headers })
  const html = await response.text()
  const attribute = (of: string) => decode(new RegExp(`${of}="([^"]*)"`).exec(html)?.[1] ?? '')
  return { response, html, attribute, action: attribute('action'), token: attribute('name="access_token" value') }
}

const decode = (html: string) => html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))

test('opening a file gives a page that posts a fresh token to the editor, and nowhere else', async () => {
  const client = await fakeClient()
  const server = await start({ files: { 'a.txt': 'aa' }, config: { clients: [client.config] } })
  const { response, html, action, token, attribute } = await open(server, 'a.txt')
  expect(response.status).toBe(200)
  expect(action).toMatch(new RegExp(`^${client.origin}/edit\\?ui=en-US&wopisrc=`))
  expect(action).not.toContain(token)
  expect(Number(attribute('name="access_token_ttl" value'))).toBeGreaterThan(Date.now() + 9 * 60 * 60_000)
  expect(html.split(token)).toHaveLength(2)

  const policy = response.headers.get('Content-Security-Policy') ?? ''
  for (const part of [
    `frame-src ${client.origin}`,
    `form-action ${client.origin}`,
    "frame-ancestors 'self'",
    "default-src 'none'",
  ]) {
    expect(policy.split('; ')).toContain(part)
  }
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  expect(response.headers.get('Referrer-Policy')).toBe('no-referrer')
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
  expect(html).toContain(`nonce="${nonce.replace(/\+/g, '+')}"`)
  const again = (await open(server, 'a.txt')).response.headers.get('Content-Security-Policy')
  expect(again).not.toBe(policy)
})

test('the token of the page is for the person and the client that the page is for', async () => {
  const server = await start({ files: { 'a.txt': 'aa' } })
  const { token, action } = await open(server, 'a.txt')
  const wopiSrc = new URL(action).searchParams.get('wopisrc') ?? ''
  const { info } = await createClient({ wopiSrc, accessToken: token }).checkFileInfo()
  const { id } = await server.file('a.txt')
  expect(info).toMatchObject({
    BaseFileName: 'a.txt',
    UserId: 'local',
    UserCanWrite: true,
    HostEditUrl: `${server.url}/open/${id}?action=edit`,
    HostViewUrl: `${server.url}/open/${id}?action=view`,
    PostMessageOrigin: server.url,
    ClosePostMessage: true,
    BreadcrumbDocName: 'a.txt',
  })
  expect(info.CloseUrl).toMatch(`${server.url}/folder/`)
  expect(JSON.stringify(info)).not.toContain(token)
})

test('the download address in CheckFileInfo works for a short while, for that file only, and holds no token', async () => {
  const clock = { now: Date.now() }
  const server = await start({
    users: { anna: 'right password' },
    files: { 'a.txt': 'aa', 'b.txt': 'bb' },
    options: { now: () => clock.now },
  })
  const [a, b] = [await server.token({ path: 'a.txt' }), await server.token({ path: 'b.txt' })]
  const { info } = await createClient(a).checkFileInfo()
  const url = new URL(String(info.DownloadUrl))
  const download = await fetch(url)
  expect([download.status, await download.text()]).toEqual([200, 'aa'])
  expect(download.headers.get('Content-Disposition')).toMatch(/^attachment/)
  const other = url.href.replace(a.wopiSrc.split('/').at(-1) ?? '', b.wopiSrc.split('/').at(-1) ?? '')
  expect((await fetch(other)).status).toBe(401)
  expect((await fetch(url.href.replace(/expires=\d+/, 'expires=9999999999999'))).status).toBe(401)
  clock.now += 15 * 60_000
  expect((await fetch(url)).status).toBe(401)
})

test('for looking only, the page opens the viewer, with a token that cannot write', async () => {
  const server = await start({ files: { 'a.txt': 'aa', 'p.png': 'x' } })
  const { action, token, attribute } = await open(server, 'a.txt', '?action=view')
  expect([new URL(action).pathname, attribute('data-read-only'), attribute('data-why')]).toEqual(['/view', 'true', ''])
  const wopiSrc = new URL(action).searchParams.get('wopisrc') ?? ''
  await expect(createClient({ wopiSrc, accessToken: token }).lock({ lock: 'x' })).rejects.toMatchObject({
    code: 'NotFound',
  })
  const picture = await open(server, 'p.png')
  expect([picture.attribute('data-read-only'), picture.attribute('data-why')]).toEqual([
    'true',
    'Pictures can show .png files, but not edit them.',
  ])
})

test('parameters that start with wd go on to the editor, and its language is that of the browser', async () => {
  const server = await start({ files: { 'a.txt': 'aa' } })
  const { action } = await open(server, 'a.txt', '?action=edit&wdStartOn=3&other=1', {
    'Accept-Language': 'de-AT,de;q=0.8',
  })
  const { searchParams } = new URL(action)
  expect([searchParams.get('ui'), searchParams.get('wdStartOn'), searchParams.get('other')]).toEqual([
    'de-AT',
    '3',
    null,
  ])
  const long = await open(server, 'a.txt', `?wdLong=${'x'.repeat(3000)}`)
  expect([long.response.status, long.action.length < 2048, long.action.includes('wdLong')]).toEqual([200, true, false])
})

test('Collabora is told its language, and to show only what shall not be written', async () => {
  const client = await fakeClient()
  const server = await start({
    files: { 'a.md': 'a' },
    config: { clients: [{ ...client.config, profile: 'collabora' }] },
  })
  const edit = await open(server, 'a.md')
  expect(edit.action).toMatch(/\/edit\?WOPISrc=http[^&]+&lang=en-US$/)
  const view = await open(server, 'a.md', '?action=view')
  expect(view.action).toMatch(/\/edit\?WOPISrc=http[^&]+&lang=en-US&permission=readonly$/)
})

test('an editor whose address is longer than editors take is not opened', async () => {
  const client = await fakeClient()
  client.answerWith(xml(discoveryXml(client.origin).replaceAll('/edit?', `/edit?long=${'x'.repeat(2048)}&amp;`)))
  const server = await start({ files: { 'a.txt': 'aa' }, config: { clients: [client.config] } })
  const { response, html } = await open(server, 'a.txt')
  expect([response.status, html]).toEqual([409, expect.stringContaining('2048 characters')])
})

test('a file that no client opens gets a page that says so and offers the download', async () => {
  const server = await start({ files: { 'a.xyz': 'x', README: 'x' } })
  const { response, html } = await open(server, 'a.xyz')
  expect([response.status, response.headers.get('Content-Type')]).toEqual([409, 'text/html; charset=UTF-8'])
  expect(html).toContain('No editor here opens .xyz files.')
  expect(html).toContain('/content"')
  expect((await open(server, 'README')).html).toContain('no extension')
})

test('while the client is away and not known yet, the page says which one, and why', async () => {
  const client = await fakeClient('office-at-work')
  client.answerWith((_, res) => res.writeHead(502).end())
  const server = await start({ files: { 'a.txt': 'aa' }, config: { clients: [client.config] } })
  const { response, html } = await open(server, 'a.txt')
  expect(response.status).toBe(409)
  expect(decode(html)).toContain('The editor office-at-work is away: it answers with status 502.')
  expect(server.log.filter(({ event }) => event === 'client away')).toHaveLength(1)
})

test('an editor without https inside an https page is not even tried', async () => {
  const server = await start({ files: { 'a.txt': 'aa' }, config: { publicUrl: 'https://localhost' } })
  const { html } = await open(server, 'a.txt')
  expect(decode(html)).toContain('browsers load no such page inside an https page')
})

test('a file that someone has locked through another client still opens, with who has it', async () => {
  const server = await start({ files: { 'a.txt': 'aa' } })
  const otherClient = createClient(await server.token({ path: 'a.txt', user: 'Berta' }))
  await otherClient.lock({ lock: 'elsewhere' })
  const { response, attribute } = await open(server, 'a.txt')
  expect([response.status, attribute('data-why')]).toEqual([200, 'Berta has it open in another editor.'])
})

test('a file that someone has open in the same client opens without ado: both edit', async () => {
  const client = await fakeClient()
  const server = await start({ files: { 'a.txt': 'aa' }, config: { clients: [client.config] } })
  await createClient(await server.token({ path: 'a.txt', user: 'Berta', client: client.config.name })).lock({
    lock: 'ours',
  })
  expect((await open(server, 'a.txt')).attribute('data-why')).toBe('')
})

test('a file that is not there, or a client of that name, gets a page with a fitting status', async () => {
  const server = await start({ files: { 'a.txt': 'aa' } })
  const missing = await server.ask('/open/nope')
  expect([missing.status, missing.headers.get('Content-Type')]).toEqual([404, 'text/html; charset=utf-8'])
  expect(decode((await open(server, 'a.txt', '?client=<b>')).html)).toContain('no editor called “<b>”')
})

test('opening very many documents in a short time is slowed down', async () => {
  const server = await start({ files: { 'a.txt': 'aa' }, options: { now: () => 1_800_000_000_000 } })
  const { id } = await server.file('a.txt')
  const statuses = []
  for (let i = 0; i < 121; i++) statuses.push((await server.ask(`/open/${id}`)).status)
  expect(statuses.filter((status) => status !== 200)).toEqual([429])
  expect((await server.ask(`/open/${id}`)).headers.get('Retry-After')).toBe('1')
})
