import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { expect, onTestFinished, test } from 'vitest'
import type { Config } from '../../src/config.ts'
import { removeUser } from '../../src/users.ts'
import { type Start, start } from '../start.ts'

type Key = CryptoKey | Uint8Array

/** An issuer's metadata and keys on a real socket; what it answers can be changed, and what it was asked is known. */
async function anIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const keys = [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'one' }]
  const asked: string[] = []
  let answer: RequestListener | undefined
  const server = createServer((req, res) => {
    asked.push(req.url ?? '')
    if (answer) return answer(req, res)
    const metadata = {
      issuer: url,
      authorization_endpoint: `${url}/auth`,
      token_endpoint: `${url}/token`,
      jwks_uri: `${url}/keys`,
    }
    const found = { '/.well-known/openid-configuration': metadata, '/keys': { keys } }[req.url ?? '']
    res.writeHead(found ? 200 : 404, { 'Content-Type': 'application/json' }).end(JSON.stringify(found ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    keys,
    asked,
    privateKey,
    answerWith(listener: RequestListener | undefined) {
      answer = listener
    },
  }
}

interface Signing {
  readonly key?: Key
  readonly alg?: string
  readonly kid?: string
}

/** A server that takes tokens for `documents` from an issuer, and a way to sign some. */
async function aWayIn(config: Partial<Config> = {}, more: Start = {}, answer?: RequestListener) {
  const issuer = await anIssuer()
  issuer.answerWith(answer)
  const server = await start({
    users: { ann: 'a password' },
    files: { 'a.txt': 'text' },
    config: { oauthIssuer: issuer.url, oauthAudience: 'documents', ...config },
    ...more,
  })
  const now = () => Math.floor((more.options?.now?.() ?? Date.now()) / 1000)
  const good = () => ({ iss: issuer.url, aud: 'documents', sub: 'ann', exp: now() + 600 })
  const sign = (
    claims: Record<string, unknown> = {},
    { key = issuer.privateKey, alg = 'ES256', kid = 'one' }: Signing = {},
  ) =>
    new SignJWT({ ...good(), ...claims })
      .setProtectedHeader({ alg, typ: 'at+jwt', ...(kid !== '' && { kid }) })
      .sign(key)
  const ask = (token?: string, init: RequestInit = {}) =>
    fetch(`${server.url}/wopibootstrapper`, {
      ...init,
      ...(token && { headers: { ...init.headers, Authorization: `Bearer ${token}` } }),
    })
  return { issuer, server, good, sign, ask, status: async (token?: string) => (await ask(token)).status }
}

test('a token of the issuer for this host lets its user in; for several audiences too', async () => {
  const { sign, ask } = await aWayIn()
  for (const claims of [{}, { aud: ['other', 'documents'] }]) {
    const answer = await ask(await sign(claims))
    expect([answer.status, ((await answer.json()) as { Bootstrap: object }).Bootstrap]).toEqual([
      200,
      expect.objectContaining({ SignInName: 'ann', UserFriendlyName: 'ann' }),
    ])
  }
})

test('whatever else is sent as a token is answered with 401 and where to get one, and reaches no log', async () => {
  const { issuer, server, sign, ask, good } = await aWayIn({
    oauthProviderId: 'tp_contoso',
    oauthUrlSchemes: { iOS: ['contoso'] },
  })
  const { privateKey: foreign } = await generateKeyPair('ES256')
  const expired = Math.floor(Date.now() / 1000) - 60
  const token = await sign()
  const [head = '', body = '', signature = ''] = token.split('.')
  const bad: Record<string, string | undefined> = {
    'no token': undefined,
    'an audience that is another': await sign({ aud: 'mail' }),
    'no audience': await sign({ aud: undefined }),
    'an issuer that is another': await sign({ iss: `${issuer.url}/` }),
    'an end that has passed': await sign({ exp: expired }),
    'no end': await sign({ exp: undefined }),
    'a beginning in the future': await sign({ nbf: expired + 3600 }),
    'another key': await sign({}, { key: foreign }),
    'another key that claims to be unknown': await sign({}, { key: foreign, kid: 'two' }),
    'no signature, and says so': new UnsecuredJWT(good()).encode(),
    'no signature': `${head}.${body}.`,
    'a changed body': `${head}.${Buffer.from(JSON.stringify({ ...good(), sub: 'eve' })).toString('base64url')}.${signature}`,
    'the public key as a shared secret': await sign(
      {},
      { alg: 'HS256', key: new TextEncoder().encode(JSON.stringify(issuer.keys[0]).padEnd(64)) },
    ),
    'a user whom nobody knows': await sign({ sub: 'eve' }),
    'a user in other letters': await sign({ sub: 'ANN' }),
    'no user': await sign({ sub: undefined }),
    'a WOPI token': (await server.token({ path: 'a.txt' })).accessToken,
    'ten thousand characters': `${token}${'x'.repeat(10_000)}`,
    'three dots': '...',
  }
  for (const [name, sent] of Object.entries(bad)) {
    for (const method of ['GET', 'POST']) {
      const answer = await ask(sent, { method })
      expect([name, answer.status, await answer.text()]).toEqual([name, 401, ''])
      expect(answer.headers.get('WWW-Authenticate')).toBe(
        `Bearer authorization_uri="${issuer.url}/auth",tokenIssuance_uri="${issuer.url}/token",providerId="tp_contoso",UrlSchemes="%7B%22iOS%22%3A%5B%22contoso%22%5D%7D"`,
      )
    }
  }
  const log = JSON.stringify(server.log)
  for (const sent of Object.values(bad)) if (sent && sent.length > 10) expect(log).not.toContain(sent.slice(-40))
})

test('a token of 100 KB is refused, and the server goes on', async () => {
  const { status, sign } = await aWayIn()
  expect([401, 431]).toContain(await status(`${await sign()}${'x'.repeat(100_000)}`))
  expect(await status(await sign())).toBe(200)
})

test('a user is named by the claim that is configured', async () => {
  const { status, sign } = await aWayIn({ oauthUserClaim: 'preferred_username' })
  expect(await status(await sign({ sub: 'x', preferred_username: 'ann' }))).toBe(200)
  expect(await status(await sign())).toBe(401)
  expect(await status(await sign({ preferred_username: ['ann'] }))).toBe(401)
})

test('someone who is taken off the list is out at once', async () => {
  const { server, status, sign } = await aWayIn({}, { users: { bob: 'a password', ann: 'a password' } })
  const token = await sign()
  expect(await status(token)).toBe(200)
  await removeUser(server.dataFolder, 'ann')
  expect(await status(token)).toBe(401)
})

test('keys without ids are tried one after the other', async () => {
  const { issuer, sign, status } = await aWayIn()
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  for (const key of issuer.keys) delete (key as { kid?: string }).kid
  issuer.keys.unshift({ ...(await exportJWK(publicKey)), alg: 'ES256' } as (typeof issuer.keys)[number])
  expect(await status(await sign({}, { kid: '' }))).toBe(200)
  expect(await status(await sign({}, { kid: '', key: privateKey }))).toBe(200)
  expect(await status(await sign({}, { kid: '', key: (await generateKeyPair('ES256')).privateKey }))).toBe(401)
})

const failing: RequestListener = (_, res) => void res.writeHead(500).end()

test('while the issuer is away, programs are told to come back, at once and without anybody waiting', async () => {
  const now = Date.now()
  const { issuer, server, sign, ask } = await aWayIn({}, { options: { now: () => now } }, failing)
  const token = await sign()
  const away = await ask(token)
  expect([away.status, away.headers.get('Retry-After'), away.headers.get('WWW-Authenticate')]).toEqual([
    503,
    '10',
    null,
  ])
  const before = issuer.asked.length
  for (let i = 0; i < 20; i++) expect((await ask(i % 2 ? token : undefined)).status).toBe(503)
  expect(issuer.asked.length).toBe(before)
  expect(server.log.filter(({ event }) => event === 'authorization server away').length).toBe(1)
  expect(server.log).toContainEqual(
    expect.objectContaining({ level: 'error', message: expect.stringContaining('answers with status 500') }),
  )
  expect((await server.ask('/api/session')).status).toBe(200)
})

test('an issuer that takes a call and never answers it keeps nobody for long', async () => {
  const { issuer, server, status, sign } = await aWayIn({}, {}, (_, res) => void res.writeHead(200).write('{'))
  const began = Date.now()
  const token = await sign()
  expect(await Promise.all([status(token), status(), status(token)])).toEqual([503, 503, 503])
  expect(Date.now() - began).toBeLessThan(10_000)
  expect(issuer.asked.length).toBe(1)
  expect(server.log).toContainEqual(expect.objectContaining({ message: expect.stringContaining('cannot be read') }))
})

test('an issuer that comes back is asked again', async () => {
  const clock = { now: Date.now() }
  const { issuer, status, sign } = await aWayIn({}, { options: { now: () => clock.now } }, failing)
  expect(await status(await sign())).toBe(503)
  issuer.answerWith(undefined)
  clock.now += 6000
  expect(await status(await sign())).toBe(200)
})

test.each([
  ['a web page', (_, res) => void res.end('<html>')],
  ['a redirect', (_, res) => void res.writeHead(302, { Location: 'https://evil.example/' }).end()],
  ['keys without end', (_, res) => void res.end(JSON.stringify({ keys: 'x'.repeat(2_000_000) }))],
  ['something that is no set of keys', (_, res) => void res.end('{"keys":1}')],
  ['a connection that breaks', (_, res) => void res.destroy()],
] satisfies [string, RequestListener][])('%s in place of keys is not believed', async (_, listener) => {
  const { issuer, status, sign } = await aWayIn()
  expect(await status()).toBe(401)
  issuer.answerWith(listener)
  expect(await status(await sign())).toBe(503)
})

test('an issuer that calls itself otherwise is not believed', async () => {
  const said = {
    issuer: 'https://evil.example',
    authorization_endpoint: 'https://evil.example/a',
    token_endpoint: 'https://evil.example/t',
    jwks_uri: 'https://evil.example/k',
  }
  const { server, status } = await aWayIn({}, {}, (_, res) => void res.end(JSON.stringify(said)))
  expect(await status()).toBe(503)
  expect(server.log).toContainEqual(
    expect.objectContaining({ message: expect.stringContaining('calls itself https://evil.example') }),
  )
})

test('an issuer whose keys would come in the clear is not believed', async () => {
  const { server, status } = await aWayIn({}, {}, ({ headers: { host } }, res) => {
    const endpoints = { authorization_endpoint: `http://${host}/a`, token_endpoint: `http://${host}/t` }
    res.end(JSON.stringify({ issuer: `http://${host}`, ...endpoints, jwks_uri: 'http://login.example/k' }))
  })
  expect(await status()).toBe(503)
  expect(server.log).toContainEqual(expect.objectContaining({ message: expect.stringContaining('all over https') }))
})

test('what is configured of the issuer is not asked for', async () => {
  const { issuer, ask } = await aWayIn({
    oauthAuthorizationUrl: 'https://login.example/a',
    oauthTokenUrl: 'https://login.example/t',
    oauthKeysUrl: 'https://login.example/k',
  })
  const answer = await ask()
  expect(answer.headers.get('WWW-Authenticate')).toBe(
    'Bearer authorization_uri="https://login.example/a",tokenIssuance_uri="https://login.example/t"',
  )
  expect(issuer.asked).toEqual([])
})

test('where nobody signs in, whoever the issuer names is let in under that name', async () => {
  const { status, sign } = await aWayIn({}, { users: {}, files: {} })
  expect(await status(await sign({ sub: 'somebody' }))).toBe(200)
  for (const sub of ['', ' x', 'a\nb', 'x'.repeat(65)])
    expect([sub, await status(await sign({ sub }))]).toEqual([sub, 401])
})

test('a user who asks too often is told to wait', async () => {
  const now = Date.now()
  const { sign, ask } = await aWayIn({}, { options: { now: () => now } })
  const token = await sign()
  const answers = await Promise.all(Array.from({ length: 130 }, () => ask(token)))
  const waiting = answers.filter(({ status }) => status === 503)
  expect(waiting.length).toBe(10)
  expect(Number(waiting[0]?.headers.get('Retry-After'))).toBeGreaterThan(0)
})

test('under a path of another site, the way in lies beside the WOPI host', async () => {
  const publicUrl = 'http://127.0.0.1:9/docs'
  const { server, sign } = await aWayIn({ publicUrl })
  const headers = { Authorization: `Bearer ${await sign()}` }
  for (const path of ['/wopibootstrapper', '/docs/wopibootstrapper', '/wopibootstrapper?x=1']) {
    const { Bootstrap } = (await (await server.ask(path, { headers })).json()) as {
      Bootstrap: { EcosystemUrl: string }
    }
    expect(Bootstrap.EcosystemUrl).toContain(`${publicUrl}/wopi/ecosystem?access_token=`)
  }
})

test('without an authorization server there is no way in, and a half configuration or one in the clear is refused', async () => {
  const server = await start()
  for (const method of ['GET', 'POST']) {
    const answer = await server.ask('/wopibootstrapper', { method })
    expect([answer.status, answer.headers.get('WWW-Authenticate')]).toEqual([404, null])
  }
  await expect(start({ config: { oauthAudience: 'x' } })).rejects.toThrow('Name it with --oauth-issuer')
  const inTheClear = { oauthIssuer: 'https://login.example', publicUrl: 'http://files.example' }
  await expect(start({ users: { ann: 'a password' }, config: inTheClear })).rejects.toThrow('in the clear')
})
