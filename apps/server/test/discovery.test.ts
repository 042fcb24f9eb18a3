import crypto, { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportPublicKey, signProof } from '@openwopi/protocol/proof'
import { expect, onTestFinished, test, vi } from 'vitest'
import { discoveryCache } from '../src/clients/discovery-cache.ts'
import { discoverySource } from '../src/clients/discovery-source.ts'
import { createEditors } from '../src/clients/editors.ts'
import type { LogEvent } from '../src/log-event.ts'
import { discoveryXml, type FakeClient, fakeClient, xml } from './fake-client.ts'
import { start, until } from './start.ts'

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-discovery-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Reads a client's document once it answers like this. */
async function read(client: FakeClient, { timeout = 2000, data }: { timeout?: number; data?: string } = {}) {
  const log: LogEvent[] = []
  const clock = { now: 1_000_000 }
  const source = discoverySource({
    name: client.config.name,
    url: client.config.url,
    cache: discoveryCache(data ?? (await dataFolder())),
    log: (event) => log.push(event),
    now: () => clock.now,
    timeout,
  })
  onTestFinished(() => source.close())
  await source.ready
  return { source, log, clock }
}

async function failureOf(answer: RequestListener, timeout?: number): Promise<string | undefined> {
  const client = await fakeClient()
  client.answerWith(answer)
  const { source, log } = await read(client, timeout === undefined ? {} : { timeout })
  expect(source.current()).toBeUndefined()
  expect(log.map((event) => event.event)).toEqual(['client away'])
  return source.failure()
}

test('a good discovery document is read', async () => {
  const { source, log } = await read(await fakeClient())
  expect(source.current()?.zones[0]?.apps.map((app) => app.name)).toEqual(['Text', 'Pictures'])
  expect(source.failure()).toBeUndefined()
  expect(log).toEqual([])
})

test('a document that is huge is refused before all of it has been read', async () => {
  let sent = 0
  const failure = await failureOf((_, res) => {
    res.writeHead(200, { 'Content-Type': 'text/xml' })
    const chunk = Buffer.alloc(256 * 1024, ' ')
    const more = () => {
      while (sent < 200 * 1024 * 1024) {
        sent += chunk.byteLength
        if (!res.write(chunk)) return void res.once('drain', more)
      }
      res.end()
    }
    more()
  })
  expect(failure).toBe('its discovery document is longer than 5 MB')
  expect(sent).toBeLessThan(50 * 1024 * 1024)
})

test('an entity bomb is refused', async () => {
  const entities = Array.from({ length: 10 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('')
  const failure = await failureOf(
    xml(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">${entities}]><wopi-discovery>&e10;</wopi-discovery>`),
  )
  expect(failure).toMatch(/^what it answers is not a discovery document/)
})

test('a web page in place of the document is refused, and the message says so', async () => {
  const failure = await failureOf((_, res) =>
    res.writeHead(200, { 'Content-Type': 'text/html' }).end('<html><body>Sign in</body></html>'),
  )
  expect(failure).toBe('it answers with a web page instead of a discovery document; check the address')
})

test('a page that passes itself off as XML, and a document that names no action, are refused', async () => {
  expect(await failureOf(xml('<html><body>Hello</body></html>'))).toMatch(/not a discovery document/)
  expect(await failureOf(xml('<wopi-discovery><net-zone name="external-http"/></wopi-discovery>'))).toBeDefined()
  expect(await failureOf(xml(''))).toMatch(/not a discovery document/)
})

test('a client that is slow is not waited for', async () => {
  expect(await failureOf(() => {}, 100)).toBe('it did not answer within 0.1 seconds')
  const dripping: RequestListener = (_, res) => {
    res.writeHead(200, { 'Content-Type': 'text/xml' }).write('<wopi-discovery>')
  }
  expect(await failureOf(dripping, 100)).toBe('it did not answer within 0.1 seconds')
})

test('a status other than 200 is a failure that names it', async () => {
  expect(await failureOf((_, res) => res.writeHead(502).end())).toBe('it answers with status 502')
})

test('a redirect within the same client is followed, one to another machine or without end is not', async () => {
  const client = await fakeClient()
  client.answerWith((req, res) => {
    if (req.url === '/moved') xml(discoveryXml(client.origin))(req, res)
    else res.writeHead(302, { Location: '/moved' }).end()
  })
  expect((await read(client)).source.current()).toBeDefined()

  const other = await fakeClient()
  expect(
    await failureOf((_, res) => res.writeHead(302, { Location: `${other.origin}/hosting/discovery` }).end()),
  ).toMatch(/^it redirects to another place/)
  expect(other.asked()).toBe(0)
  expect(await failureOf((_, res) => res.writeHead(302, { Location: '/hosting/discovery' }).end())).toBe(
    'it redirects without end',
  )
})

test('the last good document stays while the client is away or answers nonsense, also across a restart', async () => {
  const client = await fakeClient()
  const data = await dataFolder()
  const { source, log, clock } = await read(client, { data })
  client.answerWith((_, res) => res.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>'))
  clock.now += 61_000
  expect(await source.refresh()).toBe(false)
  expect(source.current()).toBeDefined()
  expect(log.at(-1)?.message).toMatch(
    /is away: it answers with a web page .* what it could open before is still offered/,
  )

  await client.stop()
  const again = await read(client, { data })
  expect(again.source.current()?.zones[0]?.apps).toHaveLength(2)
  expect(again.source.failure()).toMatch(/^it cannot be reached/)
})

test('reading it again on demand happens at most once a minute', async () => {
  const client = await fakeClient()
  const { source, clock } = await read(client)
  expect(client.asked()).toBe(1)
  clock.now += 59_000
  expect(await source.refresh()).toBe(false)
  expect(client.asked()).toBe(1)
  clock.now += 2_000
  expect(await source.refresh()).toBe(true)
  expect(await source.refresh()).toBe(false)
  expect(client.asked()).toBe(2)
})

test('a client that was away at the start is found by itself once it is back', async () => {
  const client = await fakeClient()
  client.answerWith((_, res) => res.writeHead(503).end())
  const { source, log } = await read(client)
  expect(source.current()).toBeUndefined()
  client.answerWith(xml(discoveryXml(client.origin)))
  await until(() => source.current() !== undefined, 'the client is back')
  expect(log.map((event) => event.event)).toEqual(['client away', 'client back'])
})

test('a client that does not answer does not keep the server from ending', async () => {
  const client = await fakeClient()
  client.answerWith(() => {})
  const log: LogEvent[] = []
  const source = discoverySource({
    name: 'slow',
    url: client.config.url,
    cache: discoveryCache(await dataFolder()),
    log: (event) => log.push(event),
    now: Date.now,
  })
  await until(() => client.asked() > 0, 'it is asked')
  source.close()
  await source.ready
  expect(log).toEqual([])
})

test('of several clients, the first that can do what is wanted opens a file', async () => {
  const [viewer, editor] = [await fakeClient('viewer'), await fakeClient('editor')]
  viewer.answerWith(
    xml(
      `<wopi-discovery><net-zone name="external-http"><app name="V"><action name="view" ext="txt" urlsrc="${viewer.origin}/v?"/></app></net-zone></wopi-discovery>`,
    ),
  )
  const editors = createEditors([viewer.config, editor.config], {
    cache: discoveryCache(await dataFolder()),
    log: () => {},
    now: Date.now,
  })
  onTestFinished(() => editors.close())
  await editors.ready
  const opener = (wanted: 'view' | 'edit', canWrite = true, client?: string) =>
    editors.editorFor({ extension: 'txt', wanted, canWrite, ...(client !== undefined && { client }) })?.client.name
  expect(opener('edit')).toBe('editor')
  expect(opener('view')).toBe('viewer')
  expect(opener('edit', false)).toBe('viewer')
  expect(opener('edit', true, 'viewer')).toBe('viewer')
  expect(opener('edit', true, 'nobody')).toBeUndefined()
})

test('the address of a client alone stands for its discovery document', async () => {
  const client = await fakeClient()
  client.answerWith((req, res) => {
    if (req.url === '/hosting/discovery') xml(discoveryXml(client.origin))(req, res)
    else res.writeHead(404).end()
  })
  const editors = createEditors([{ ...client.config, url: client.origin }], {
    cache: discoveryCache(await dataFolder()),
    log: () => {},
    now: Date.now,
  })
  onTestFinished(() => editors.close())
  await editors.ready
  expect(editors.away()).toEqual([])
})

test('a client that is preferred for an extension opens its files, where it can do what is wanted', async () => {
  const [first, second, viewer] = [await fakeClient('first'), await fakeClient('second'), await fakeClient('viewer')]
  viewer.answerWith(
    xml(
      `<wopi-discovery><net-zone name="external-http"><app name="V"><action name="view" ext="txt" urlsrc="${viewer.origin}/v?"/></app></net-zone></wopi-discovery>`,
    ),
  )
  const editors = createEditors([first.config, second.config, viewer.config], {
    preferences: [
      { extension: 'txt', client: 'viewer' },
      { extension: 'txt', client: 'second' },
    ],
    cache: discoveryCache(await dataFolder()),
    log: () => {},
    now: Date.now,
  })
  onTestFinished(() => editors.close())
  await editors.ready
  const opener = (extension: string, wanted: 'view' | 'edit', client?: string) =>
    editors.editorFor({ extension, wanted, canWrite: true, ...(client !== undefined && { client }) })?.client.name
  expect(opener('txt', 'view')).toBe('viewer')
  expect(opener('txt', 'edit')).toBe('second')
  expect(opener('TXT', 'edit')).toBe('second')
  expect(opener('md', 'edit')).toBe('first')
  expect(opener('txt', 'edit', 'first')).toBe('first')
})

test('whoever asks for a document to be read anew while it is being read waits for it', async () => {
  const client = await fakeClient()
  const { source, clock } = await read(client)
  clock.now += 61_000
  expect(await Promise.all([source.refresh(), source.refresh(), source.refresh()])).toEqual([true, true, true])
  expect(client.asked()).toBe(2)
  expect(await source.refresh()).toBe(false)
})

test('forged proofs have the document read anew at most once a minute, and keys are made ready once', async () => {
  const client = await fakeClient()
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { modulus, exponent } = exportPublicKey(publicKey)
  client.answerWith(xml(discoveryXml(client.origin, `<proof-key modulus="${modulus}" exponent="${exponent}"/>`)))
  const clock = { now: Date.now() }
  const server = await start({
    files: { 'a.txt': 'aa' },
    config: { clients: [client.config] },
    options: { now: () => clock.now },
  })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', client: 'fake' })
  const url = `${wopiSrc}?access_token=${accessToken}`
  const statusOf = async (token: string) =>
    (await fetch(url, { headers: signProof({ token, url, now: clock.now }, { current: privateKey }) })).status

  const imports = vi.spyOn(crypto, 'createPublicKey')
  syncBuiltinESMExports()
  onTestFinished(() => {
    imports.mockRestore()
    syncBuiltinESMExports()
  })
  expect(client.asked()).toBe(1)
  clock.now += 61_000
  for (let i = 0; i < 5; i++) expect(await statusOf('forged')).toBe(500)
  expect(client.asked()).toBe(2)
  imports.mockClear()
  for (let i = 0; i < 5; i++) expect(await statusOf(accessToken)).toBe(200)
  expect(imports.mock.calls.length).toBeLessThanOrEqual(1)
})
