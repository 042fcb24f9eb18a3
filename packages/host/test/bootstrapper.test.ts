import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import {
  type BootstrapEvent,
  type BootstrapperOptions,
  createBootstrapper,
  createHost,
  memoryFolders,
  memoryLocks,
} from '../src/index.ts'
import { toNodeListener } from '../src/node/listener.ts'
import { signedAccess } from '../src/signed-access.ts'
import { anIssuer } from './an-issuer.ts'

type Json = Record<string, Record<string, unknown>>

/** A host and its bootstrapper over a real socket, and an authorization server beside them. */
async function aWayIn(options: Partial<BootstrapperOptions> = {}) {
  const issuer = await anIssuer()
  const server = createServer((req, res) => void (req.url?.startsWith('/wopi/') ? wopi : way)(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const events: BootstrapEvent[] = []
  const { storage, containers } = memoryFolders()
  const access = signedAccess({
    keys: [new Uint8Array(32).fill(5)],
    // Bob sees nothing but that there is an ecosystem.
    permissions: async ({ id }, { on }) =>
      id === 'idann' || on === 'ecosystem' ? new Set(['read', 'write']) : undefined,
  })
  const host = createHost({ storage, containers, locks: memoryLocks(), access, publicUrl: `${origin}/wopi` })
  const bootstrapper = createBootstrapper({
    host,
    access,
    storage,
    containers,
    nativeNames: { fileId: async (name) => (name.startsWith(origin) ? name.split('/').at(-1) : undefined) },
    authorizationUri: `${issuer.url}/authorize`,
    tokenIssuanceUri: `${issuer.url}/token`,
    async identify(token) {
      const { active, aud, username } = await issuer.introspect(token)
      if (active !== true || aud !== 'wopi') return undefined
      return { user: { id: `id${username}`, name: String(username) }, signInName: `${username}@example.org` }
    },
    observe: (event) => events.push(event),
    ...options,
  })
  const wopi = toNodeListener(host)
  const way = toNodeListener(bootstrapper)
  const file = await storage.create('root', ['a.txt'], new Blob(['one']).stream(), { by: { id: 'idann', name: 'ann' } })

  return {
    issuer,
    origin,
    events,
    wopiSrc: host.wopiSrc({ on: 'file', id: file?.id ?? '' }),
    ask: (headers: Record<string, string> = {}, method = 'GET') =>
      fetch(`${origin}/wopibootstrapper`, { method, headers }),
    async post(operation: string, headers: Record<string, string> = {}, user = 'ann') {
      const token = await issuer.tokenOf(user)
      return fetch(`${origin}/wopibootstrapper`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'X-WOPI-EcosystemOperation': operation, ...headers },
      })
    },
  }
}

test('whoever has no token, or none that holds, is told where to get one', async () => {
  const { ask, issuer } = await aWayIn()
  const expected = `Bearer authorization_uri="${issuer.url}/authorize",tokenIssuance_uri="${issuer.url}/token"`
  const ended = await issuer.tokenOf('ann', { expires_in: '0' })
  const foreign = await issuer.tokenOf('ann', { audience: 'other' })
  for (const authorization of [
    '',
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Basic eDp4',
    `Bearer ${ended}`,
    `Bearer ${foreign}`,
  ]) {
    for (const method of ['GET', 'POST']) {
      const answer = await ask(authorization ? { Authorization: authorization } : {}, method)
      expect([authorization, answer.status]).toEqual([authorization, 401])
      expect(answer.headers.get('WWW-Authenticate')).toBe(expected)
    }
  }
})

test('the challenge names the provider and the schemes of its programs', async () => {
  const urlSchemes = { iOS: ['contoso', 'contoso-EMM'], Android: ['contoso'] }
  const { ask, issuer } = await aWayIn({ providerId: 'tp_contoso', urlSchemes })
  const value = (await ask()).headers.get('WWW-Authenticate')
  expect(value).toBe(
    `Bearer authorization_uri="${issuer.url}/authorize",tokenIssuance_uri="${issuer.url}/token",providerId="tp_contoso",` +
      'UrlSchemes="%7B%22iOS%22%3A%5B%22contoso%22%2C%22contoso-EMM%22%5D%2C%22Android%22%3A%5B%22contoso%22%5D%7D"',
  )
})

test('Bootstrap leads whoever has signed in to their ecosystem', async () => {
  const { ask, issuer } = await aWayIn()
  for (const scheme of ['Bearer', 'bearer', 'Bearer:']) {
    const answer = await ask({ Authorization: `${scheme} ${await issuer.tokenOf('ann')}` })
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'application/json'])
    const { Bootstrap } = (await answer.json()) as Json
    expect(Bootstrap).toMatchObject({ UserId: 'idann', SignInName: 'ann@example.org', UserFriendlyName: 'ann' })
    expect((await fetch(String(Bootstrap?.['EcosystemUrl']))).status).toBe(200)
  }
})

test('GetNewAccessToken gives a token for a file that opens it, as long as tokens last', async () => {
  const { post, wopiSrc } = await aWayIn({ lifetime: 60_000 })
  const before = Date.now()
  for (const spelt of [wopiSrc, `${wopiSrc}?access_token=old`]) {
    const { AccessTokenInfo, Bootstrap } = (await (
      await post('GET_NEW_ACCESS_TOKEN', { 'X-WOPI-WopiSrc': spelt })
    ).json()) as Json
    expect(Bootstrap?.['UserId']).toBe('idann')
    const ends = Number(AccessTokenInfo?.['AccessTokenExpiry'])
    expect(ends).toBeGreaterThanOrEqual(before + 60_000)
    expect(ends).toBeLessThanOrEqual(Date.now() + 60_000)
    expect((await fetch(`${wopiSrc}?access_token=${AccessTokenInfo?.['AccessToken']}`)).status).toBe(200)
  }
})

test('a file that is not there, is another host’s, or may not be seen, is 404', async () => {
  const { post, wopiSrc, origin } = await aWayIn()
  const foreign = wopiSrc.replace('127.0.0.1', 'localhost')
  for (const wrong of [
    '',
    'x',
    `${origin}/wopi/files/none`,
    `${origin}/wopi/containers/none`,
    foreign,
    `${wopiSrc}/contents`,
  ])
    expect((await post('GET_NEW_ACCESS_TOKEN', wrong ? { 'X-WOPI-WopiSrc': wrong } : {})).status).toBe(404)
  expect((await post('GET_NEW_ACCESS_TOKEN', { 'X-WOPI-WopiSrc': wopiSrc }, 'bob')).status).toBe(404)
  expect((await post('GET_ROOT_CONTAINER', {}, 'bob')).status).toBe(404)
})

test('the shortcuts answer what the ecosystem would', async () => {
  const { post, wopiSrc, origin } = await aWayIn()
  const { RootContainerInfo } = (await (await post('GET_ROOT_CONTAINER')).json()) as Json
  const pointer = RootContainerInfo?.['ContainerPointer'] as { Name: string; Url: string }
  expect(pointer.Name).toBe('Documents')
  expect((await fetch(pointer.Url)).status).toBe(200)
  const name = wopiSrc.replace('/wopi/files/', '/open/')
  const headers = { 'X-WOPI-HostNativeFileName': name }
  const { WopiSrcInfo } = (await (await post('GET_WOPI_SRC_WITH_ACCESS_TOKEN', headers)).json()) as Json
  expect(String(WopiSrcInfo?.['Url'])).toContain(`${wopiSrc}?access_token=`)
  expect((await fetch(String(WopiSrcInfo?.['Url']))).status).toBe(200)
  for (const wrong of ['https://other.example/open/1', `${origin}/open/none`])
    expect((await post('GET_WOPI_SRC_WITH_ACCESS_TOKEN', { 'X-WOPI-HostNativeFileName': wrong })).status).toBe(404)
})

test('a shortcut that leads nowhere is answered with the way in alone', async () => {
  const { post } = await aWayIn({ containers: undefined, nativeNames: undefined } as object)
  for (const operation of ['GET_ROOT_CONTAINER', 'GET_WOPI_SRC_WITH_ACCESS_TOKEN'])
    expect(Object.keys((await (await post(operation)).json()) as Json)).toEqual(['Bootstrap'])
})

test('an operation may be named where all others are; one that is not known is 501, another method 405', async () => {
  const { ask, post, issuer, wopiSrc } = await aWayIn()
  const Authorization = `Bearer ${await issuer.tokenOf('ann')}`
  const named = { Authorization, 'X-WOPI-Override': 'get_new_access_token', 'X-WOPI-WopiSrc': wopiSrc }
  expect((await ask(named, 'POST')).status).toBe(200)
  expect((await post('NO_SUCH_THING')).status).toBe(501)
  expect((await ask({ Authorization }, 'POST')).status).toBe(501)
  expect((await post('BOOTSTRAP')).status).toBe(501)
  const wrong = await ask({ Authorization }, 'DELETE')
  expect([wrong.status, wrong.headers.get('Allow')]).toEqual([405, 'GET,POST'])
})

test('an authorization server that fails is a 500 that says nothing of it, and is observed', async () => {
  const { ask, events } = await aWayIn({ identify: () => Promise.reject(new Error('the issuer is away')) })
  const answer = await ask({ Authorization: 'Bearer secret' })
  expect([answer.status, await answer.text()]).toEqual([500, ''])
  expect(answer.headers.get('WWW-Authenticate')).toBeNull()
  expect(events.at(-1)?.error?.cause).toMatchObject({ message: 'the issuer is away' })
  expect(JSON.stringify(events)).not.toContain('secret')
})

test.each([
  ['authorizationUri', 'http://login.example/authorize'],
  ['authorizationUri', 'no address'],
  ['tokenIssuanceUri', 'https://login.example/token?a="b"'],
  ['providerId', 'tp-contoso'],
])('%s must not be %s', async (name, value) => {
  await expect(aWayIn({ [name]: value })).rejects.toThrow(name)
})
