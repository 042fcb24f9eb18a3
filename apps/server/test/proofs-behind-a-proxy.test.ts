import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { exportPublicKey, signProof } from '@openwopi/protocol/proof'
import { expect, test } from 'vitest'
import type { Config } from '../src/config.ts'
import { discoveryXml, fakeClient, xml } from './fake-client.ts'
import { type ProxyManners, reverseProxy } from './reverse-proxy.ts'
import { type Server, start } from './start.ts'

const [key, other] = [rsa(), rsa()]
function rsa() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
}
const proofKey = (...keys: readonly KeyObject[]) =>
  keys
    .map((each) => exportPublicKey(each))
    .map(({ modulus, exponent }) => `<proof-key modulus="${modulus}" exponent="${exponent}"/>`)
    .join('')

interface Behind {
  readonly server: Server
  readonly proxy: string
  /** Asks about the file, signed for the address that the client knows it by. */
  ask(over?: { readonly signs?: (url: string) => string; readonly by?: KeyObject }): Promise<number>
  /** What the log says of proofs. */
  said(): string[]
}

/** A host behind a proxy, called by a client that signs. */
async function behind(manners: ProxyManners, config: (origin: string) => Partial<Config>): Promise<Behind> {
  const proxy = await reverseProxy(manners)
  const client = await fakeClient('signer')
  client.answerWith(xml(discoveryXml(client.origin, proofKey(key.publicKey))))
  const server = await start({
    files: { 'a.txt': 'aa' },
    users: { ann: 'correct horse battery' },
    config: { clients: [client.config], ...config(proxy.origin) },
  })
  proxy.leadTo(server.url)
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', client: 'signer' })
  const url = `${proxy.origin}${manners.prefix ?? ''}${new URL(wopiSrc).pathname.replace(manners.prefix ?? '', '')}?access_token=${accessToken}`
  return {
    server,
    proxy: proxy.origin,
    async ask({ signs = (same: string) => same, by = key.privateKey } = {}) {
      const proof = signProof({ token: accessToken, url: signs(url), now: Date.now() }, { current: by })
      return (await fetch(url, { headers: proof })).status
    },
    said: () =>
      server.log
        .filter(({ event }) => event === 'proof refused')
        .map(({ message }) => String(message).replaceAll(proxy.origin, 'PROXY')),
  }
}

test('a proof over the callback URL holds behind a proxy, whatever the proxy calls the host', async () => {
  const { ask, said } = await behind({ host: 'inside.example' }, (origin) => ({ callbackUrl: origin }))
  expect(await ask()).toBe(200)
  expect(said()).toEqual([])
})

test.each([false, true])(
  'a proof holds under a path prefix that the proxy cuts off (and one that it keeps: %s)',
  async (keepsPrefix) => {
    const { ask, server } = await behind({ prefix: '/docs/office', keepsPrefix }, (origin) => ({
      callbackUrl: `${origin}/docs/office`,
    }))
    expect(await ask()).toBe(200)
    const { wopiSrc } = await server.token({ path: 'a.txt' })
    expect(new URL(wopiSrc).pathname).toMatch(/^\/docs\/office\/wopi\/files\//)
  },
)

test('a prefix that begins like the address of WOPI itself is no other than any', async () => {
  for (const keepsPrefix of [false, true]) {
    const { ask } = await behind({ prefix: '/wopihost', keepsPrefix }, (origin) => ({
      callbackUrl: `${origin}/wopihost`,
    }))
    expect(await ask()).toBe(200)
  }
})

test('a proof over another address holds where a trusted proxy says that the client called that, and only there', async () => {
  const adds = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'office.example.org', 'X-Forwarded-Prefix': '/far' }
  const signs = (url: string) => url.replace(/^http:\/\/[^/]+/, 'https://office.example.org/far')
  const trusted = await behind({ adds }, (origin) => ({ callbackUrl: origin, trustedProxies: ['127.0.0.1'] }))
  expect(await trusted.ask({ signs })).toBe(200)
  expect(await trusted.ask({ signs: (url) => url.replace('http:', 'gopher:') })).toBe(500)

  const untrusted = await behind({ adds }, (origin) => ({ callbackUrl: origin, trustedProxies: ['10.9.9.9'] }))
  expect(await untrusted.ask({ signs })).toBe(500)
  const unasked = await behind({ adds }, (origin) => ({ callbackUrl: origin }))
  expect(await unasked.ask({ signs })).toBe(500)
})

test('the log says for which address a proof would have held, and what to change, without a token', async () => {
  const { ask, said, server } = await behind({}, () => ({}))
  expect(await ask()).toBe(500)
  const { accessToken } = await server.token({ path: 'a.txt', client: 'signer' })
  expect(said()).toEqual([
    expect.stringMatching(
      /^The proof of a request of signer does not hold\. The proof would hold for PROXY\/wopi\/files\/\S+: .*, but with the host 127\.0\.0\.1:\d+; the current key made it\. Give the host the address that the client calls: --callback-url PROXY$/,
    ),
  ])
  expect(JSON.stringify(server.log)).not.toContain(accessToken.slice(0, 40))
})

test('the log says that a prefix is missing, when a proxy tells of it', async () => {
  const { ask, said } = await behind({ prefix: '/docs', adds: { 'X-Forwarded-Prefix': '/docs' } }, (origin) => ({
    callbackUrl: origin,
  }))
  expect(await ask()).toBe(500)
  expect(said()[0]).toMatch(/with \/docs before the path; the current key made it\. .* --callback-url PROXY\/docs$/)
})

test('the log says that a signature is none of the client, or that there is none, and says it once', async () => {
  const { ask, said, server, proxy } = await behind({}, (origin) => ({ callbackUrl: origin }))
  for (let i = 0; i < 5; i++) expect(await ask({ by: other.privateKey })).toBe(500)
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', client: 'signer' })
  expect((await fetch(`${wopiSrc}?access_token=${accessToken}`)).status).toBe(500)
  expect(wopiSrc.startsWith(proxy)).toBe(true)
  expect(said()).toEqual([
    expect.stringContaining('None of the keys that signer publishes made this signature.'),
    expect.stringContaining('It carries none, although this client publishes proof keys.'),
  ])
})

test('a client whose machines sign with different keys is believed, whichever of them asks', async () => {
  const client = await fakeClient('farm')
  client.answerWith(xml(discoveryXml(client.origin, proofKey(key.publicKey, other.publicKey))))
  const server = await start({ files: { 'a.txt': 'aa' }, config: { clients: [client.config] } })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', client: 'farm' })
  const url = `${wopiSrc}?access_token=${accessToken}`
  const statusBy = async (by: KeyObject) =>
    (await fetch(url, { headers: signProof({ token: accessToken, url, now: Date.now() }, { current: by }) })).status
  expect(await statusBy(key.privateKey)).toBe(200)
  expect(await statusBy(other.privateKey)).toBe(200)
  expect(await statusBy(rsa().privateKey)).toBe(500)
})

test('programs beside a trusted proxy on this machine are given tokens, and what the proxy passes on is not', async () => {
  const proxy = await reverseProxy({ adds: { 'X-Forwarded-For': '192.0.2.7' } })
  const server = await start({ files: { 'a.txt': 'aa' }, config: { trustedProxies: ['127.0.0.1'] } })
  proxy.leadTo(server.url)
  expect((await server.token({ path: 'a.txt' })).accessToken).toBeTruthy()
  const passedOn = await fetch(`${proxy.origin}/api/control/token`, { method: 'POST', body: '{"path":"a.txt"}' })
  expect(passedOn.status).toBe(403)
})
