import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import type { StoredFile } from '@openwopi/host'
import { readDiscovery } from '@openwopi/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { buildPages } from './support/built-pages.ts'
import { addressOf, type Setup, setUp, until } from './support/setup.ts'

let setup: Setup

beforeEach(async () => {
  await buildPages()
  setup = await setUp()
})
afterEach(() => setup.close())

const post = (address: string, fields: Readonly<Record<string, string>> | string): Promise<Response> =>
  fetch(address, { method: 'POST', body: new URLSearchParams(fields) })

/** What a page knows that has been opened this way. */
async function openPage(file: StoredFile, { wanted = 'edit' as 'view' | 'edit', canOnlyRead = false } = {}) {
  const access_token = setup.host.token(file, 'Anna Berg', { view: canOnlyRead })
  const page = await post(await addressOf(setup, file, wanted), { access_token })
  const html = await page.text()
  const opening = JSON.parse(/id="opening">(.*?)<\/script>/.exec(html)?.[1] ?? 'null')
  return { page, html, access_token, opening, ticket: String(opening.ticket) }
}

const ask = (ticket: string, path: string, method = 'POST') =>
  fetch(`${setup.office.url}/api/${path}`, { method, headers: { Authorization: `Bearer ${ticket}` } })

/** A socket as a browser opens it, or somebody who pretends to be one. */
function socketFrom(origin: string, ticket: string): WebSocket {
  const address = `${setup.office.url.replace('http', 'ws')}/socket`
  return new WebSocket(address, ['openwopi', `ticket.${ticket}`], { origin })
}

test('discovery says what can be viewed and edited, and by which keys requests are signed', async () => {
  const response = await fetch(`${setup.office.url}/hosting/discovery`)
  expect(response.headers.get('content-type')).toContain('text/xml')
  const { zones, proofKeys } = readDiscovery(await response.text())
  expect(zones.map(({ name }) => name)).toEqual(['external-http'])
  const apps = zones[0]?.apps ?? []
  expect(apps.map(({ name }) => name)).toEqual([
    'Text',
    'Markdown',
    'Csv',
    'Code',
    'Word',
    'Sheet',
    'Slides',
    'OpenDocument',
    'Image',
    'Pdf',
    'OpenDocumentSheet',
    'Capabilities',
  ])
  const actions = (ext: string) => apps.flatMap((app) => app.actions).filter((action) => action.ext === ext)
  expect(actions('md').map(({ name }) => name)).toEqual([
    'view',
    'embedview',
    'interactivepreview',
    'mobileView',
    'edit',
    'editnew',
    'mobileEdit',
  ])
  expect(actions('md').find(({ name }) => name === 'edit')?.requires).toEqual(['locks', 'update'])
  expect(actions('pdf').map(({ name }) => name)).toEqual([
    'view',
    'embedview',
    'interactivepreview',
    'mobileView',
    'edit',
    'mobileEdit',
  ])
  expect(actions('wopitest').length).toBe(7)
  expect(actions('doc')).toEqual([])
  expect(proofKeys?.current.modulus).toBeTruthy()
  expect(await (await fetch(`${setup.office.url}/hosting/capabilities`)).json()).toMatchObject({
    hasMobileSupport: true,
  })
})

test('a key that is changed stays published as the old one, and hosts go on accepting', async () => {
  const keys = async () => readDiscovery(await (await fetch(`${setup.office.url}/hosting/discovery`)).text()).proofKeys
  const before = await keys()
  await setup.office.rotateKeys()
  const after = await keys()
  expect(after?.old).toEqual(before?.current)
  expect(after?.current).not.toEqual(before?.current)
  const { page } = await openPage(await setup.host.add('notes.txt', 'x'))
  expect(page.status).toBe(200)
  const { mode } = await stat(join(setup.dataFolder, 'proof-keys.json'))
  expect(mode & 0o777).toBe(0o600)
})

test('a page is opened by a form alone', async () => {
  const file = await setup.host.add('notes.txt', 'x')
  const response = await fetch(await addressOf(setup, file, 'edit'))
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('POST')
  expect(await response.text()).toContain('Open documents from your files')
})

test.each([
  ['another host', 'http://127.0.0.1:1/wopi/files/1', 403],
  ['a host whose name only begins like an allowed one', 'HOST.evil.test/wopi/files/1', 400],
  ['an address with a user name', 'http://127.0.0.1@evil.test/wopi/files/1', 400],
  ['an address that is no file', 'HOST/elsewhere/1', 400],
  ['an address with a query', 'HOST/wopi/files/1?a=b', 400],
  ['an address with a fragment', 'HOST/wopi/files/1#x', 400],
  ['a file on disk', 'file:///wopi/files/1', 400],
  ['no address', '', 400],
  ["a cloud's own address", 'http://169.254.169.254/wopi/files/1', 403],
])('%s is refused, and nothing is called', async (_, source, status) => {
  const { host, office } = setup
  const wopisrc = source.replace('HOST', host.origin)
  const response = await post(`${office.url}/edit?wopisrc=${encodeURIComponent(wopisrc)}`, { access_token: 't' })
  expect(response.status).toBe(status)
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(host.events).toEqual([])
})

test('a token that is missing or there twice opens nothing', async () => {
  const address = await addressOf(setup, await setup.host.add('notes.txt', 'x'), 'edit')
  expect((await post(address, {})).status).toBe(400)
  expect((await post(address, 'access_token=a&access_token=b')).status).toBe(400)
  expect(setup.host.events).toEqual([])
})

test('a token that the host refuses gets a page that says so, and no ticket', async () => {
  const response = await post(await addressOf(setup, await setup.host.add('notes.txt', 'x'), 'edit'), {
    access_token: 'no',
  })
  expect(response.status).toBe(404)
  const html = await response.text()
  expect(html).toContain('You cannot open this document')
  expect(html).not.toContain('opening')
})

test('WOPISrc is found in any case', async () => {
  const { host, office } = setup
  const file = await host.add('notes.txt', 'x')
  const access_token = host.token(file)
  const response = await post(`${office.url}/view?WOPISrc=${encodeURIComponent(host.wopiSrc(file))}`, { access_token })
  expect(response.status).toBe(200)
})

test('a page holds no token, loads nothing from elsewhere, and is framed by allowed hosts alone', async () => {
  const { page, html, access_token } = await openPage(await setup.host.add('</script><b>.txt', 'x'))
  expect(html).not.toContain(access_token)
  expect(html).not.toContain('</script><b>')
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain(`frame-ancestors ${setup.host.origin}`)
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe')
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect(page.headers.get('cache-control')).toBe('no-store')
})

test('the token of a ticket cannot be read from the disk', async () => {
  const { access_token, ticket } = await openPage(await setup.host.add('notes.txt', 'x'))
  const folder = join(setup.dataFolder, 'tickets')
  const names = await readdir(folder)
  expect(names.length).toBe(1)
  const stored = await readFile(join(folder, names[0] ?? ''), 'utf8')
  expect(stored).not.toContain(access_token)
  expect(stored).not.toContain(ticket)
})

test('without a ticket there is no content, and with one it is no page', async () => {
  const { ticket } = await openPage(await setup.host.add('picture.svg', '<svg onload="alert(1)"/>'), { wanted: 'view' })
  expect((await ask('x'.repeat(43), 'content', 'GET')).status).toBe(401)
  const content = await ask(ticket, 'content', 'GET')
  expect(content.headers.get('content-type')).toBe('application/octet-stream')
  expect(content.headers.get('content-disposition')).toBe('attachment')
  expect(content.headers.get('content-security-policy')).toContain('sandbox')
  expect(await content.text()).toContain('<svg')
})

test('files outside of the pages are not served', async () => {
  for (const path of [
    'assets/../.vite/manifest.json',
    'assets/%2e%2e/.vite/manifest.json',
    'assets/..%2f..%2findex.js',
    '.vite/manifest.json',
  ]) {
    expect((await fetch(`${setup.office.url}/${path}`)).status).toBe(404)
  }
})

test('sockets are opened by its own pages with a ticket alone', async () => {
  const { ticket } = await openPage(await setup.host.add('notes.txt', 'x'))
  const outcome = (socket: WebSocket) =>
    new Promise((resolve) => {
      socket.on('open', () => {
        socket.close()
        resolve('open')
      })
      socket.on('error', () => resolve('refused'))
    })
  expect(await outcome(socketFrom(setup.office.url, ticket))).toBe('open')
  expect(await outcome(socketFrom('http://evil.test', ticket))).toBe('refused')
  expect(await outcome(socketFrom(setup.office.url, 'y'.repeat(43)))).toBe('refused')
})

test.each([
  ['a page opened to view', { wanted: 'view' as const }],
  ['someone who may only read', { canOnlyRead: true }],
])('a socket of %s cannot write, whatever it sends', async (_, how) => {
  const { host, office } = setup
  const file = await host.add('notes.txt', 'untouched')
  const writer = await openPage(file)
  const { document: name } = (await (await ask(writer.ticket, 'open')).json()) as { document: string }
  const { ticket } = await openPage(file, how)
  await ask(ticket, 'open')
  const reader = joinAs(name, ticket, office.url)
  await until(() => reader.provider.isSynced)
  expect(reader.text()).toBe('untouched')
  reader.provider.document.getText('text').insert(0, 'graffiti ')
  reader.provider.sendStateless(JSON.stringify({ type: 'save' }))
  reader.provider.sendStateless(JSON.stringify({ type: 'discard' }))
  const watcher = joinAs(name, writer.ticket, office.url)
  await until(() => watcher.provider.isSynced)
  watcher.provider.document.getText('text').insert(9, ', but for this')
  await until(async () => (await host.text(file)) === 'untouched, but for this')
  expect(watcher.text()).toBe('untouched, but for this')
  reader.destroy()
  watcher.destroy()
})

test('a page cannot speak to others in the name of the office', async () => {
  const { host, office } = setup
  const file = await host.add('notes.txt', 'x')
  const first = await openPage(file)
  const second = await openPage(file)
  const { document: name } = (await (await ask(first.ticket, 'open')).json()) as { document: string }
  await ask(second.ticket, 'open')
  const heard: string[] = []
  const victim = joinAs(name, second.ticket, office.url, (payload) => heard.push(payload))
  await until(() => victim.provider.isSynced)
  const attacker = socketFrom(office.url, first.ticket)
  await new Promise((resolve) => attacker.once('open', resolve))
  attacker.send(message(name, [2, 0], 'ticket'))
  attacker.send(message(name, [6], '{"type":"ended","why":{"code":"ended"}}'))
  await new Promise((resolve) => attacker.once('message', resolve))
  victim.provider.document.getText('text').insert(0, 'still here ')
  await until(async () => (await host.text(file)) === 'still here x')
  expect(heard.filter((payload) => payload.includes('ended'))).toEqual([])
  attacker.terminate()
  victim.destroy()
})

/** Joins a document as the page's script does. */
function joinAs(name: string, ticket: string, url: string, heard: (payload: string) => void = () => {}) {
  const origin = url
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `${url.replace('http', 'ws')}/socket`,
    WebSocketPolyfill: class extends WebSocket {
      constructor(address: string) {
        super(address, ['openwopi', `ticket.${ticket}`], { origin })
      }
    },
  })
  const provider = new HocuspocusProvider({
    websocketProvider,
    name,
    token: 'ticket',
    onStateless: ({ payload }) => heard(payload),
  })
  provider.attach()
  return {
    provider,
    text: () => provider.document.getText('text').toString(),
    destroy() {
      provider.destroy()
      websocketProvider.destroy()
    },
  }
}

/** A message as hocuspocus spells it: the document, numbers, a text. */
function message(name: string, numbers: readonly number[], text: string): Uint8Array {
  const spelt = (value: string) => [value.length, ...Buffer.from(value)]
  return Uint8Array.from([...spelt(name), ...numbers, ...spelt(text)])
}

test('bad messages end the socket that sends them, and nothing else', async () => {
  const { host, office } = setup
  const file = await host.add('notes.txt', 'x')
  const first = await openPage(file)
  const second = await openPage(file)
  const { document: name } = (await (await ask(first.ticket, 'open')).json()) as { document: string }
  await ask(second.ticket, 'open')
  const bad: readonly Uint8Array[] = [
    Uint8Array.of(),
    Uint8Array.of(255, 255, 255),
    message(name, [0, 2], 'no update'),
    message(name, [1], 'no awareness'),
    message(name, [5], '{ no json'),
    message(name, [5], 'null'),
    new Uint8Array(25 * 1024 * 1024),
  ]
  for (const bytes of bad) {
    const socket = socketFrom(office.url, first.ticket)
    socket.on('error', () => {})
    await new Promise((resolve) => socket.once('open', resolve))
    socket.send(message(name, [2, 0], 'ticket'))
    await new Promise((resolve) => socket.once('message', resolve))
    socket.send(bytes)
    socket.close()
    await new Promise((resolve) => socket.once('close', resolve))
  }
  const well = joinAs(name, second.ticket, office.url)
  await until(() => well.provider.isSynced)
  well.provider.document.getText('text').insert(1, ' and well')
  await until(async () => (await host.text(file)) === 'x and well')
  well.destroy()
})
