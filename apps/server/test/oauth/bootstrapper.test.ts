import { createClient, createEcosystemClient, followUrl } from '@openwopi/client'
import { prepareRun } from '@openwopi/conformance'
import { expect, test } from 'vitest'
import { start } from '../start.ts'
import { authorizationServer } from './authorization-server.ts'

type Json = Record<string, Record<string, string>>

const users = { ann: 'first password', bob: 'second password' }
const files = { 'a.txt': 'text' }

/** What a challenge says, taken apart as a program does. */
const challengeOf = (response: Response) =>
  Object.fromEntries(
    [...(response.headers.get('WWW-Authenticate') ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [
      key,
      value,
    ]),
  )

async function placesOf(url: string) {
  const refused = await fetch(`${url}/wopibootstrapper`)
  expect(refused.status).toBe(401)
  const { authorization_uri = '', tokenIssuance_uri = '' } = challengeOf(refused)
  return { authorizationUrl: authorization_uri, tokenUrl: tokenIssuance_uri }
}

const post = (url: string, token: string, operation: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/wopibootstrapper`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'X-WOPI-EcosystemOperation': operation, ...headers },
  })

test('a program is led to the authorization server, signs its user in there, and opens a document with what it gets', async () => {
  const issuer = await authorizationServer()
  const server = await start({ users, files, config: { oauthIssuer: issuer.issuer } })
  const places = await placesOf(server.url)
  expect(places).toEqual({ authorizationUrl: `${issuer.issuer}/auth`, tokenUrl: `${issuer.issuer}/token` })
  const { accessToken } = await issuer.tokenFor('bob', `${server.url}/wopibootstrapper`, places)

  const headers = { Authorization: `Bearer ${accessToken}` }
  const { Bootstrap = {} } = (await (await fetch(`${server.url}/wopibootstrapper`, { headers })).json()) as Json
  expect(Bootstrap).toMatchObject({ SignInName: 'bob', UserFriendlyName: 'bob' })
  const known = await server.token({ path: 'a.txt', user: 'bob' })
  const ecosystem = createEcosystemClient(followUrl(known, Bootstrap['EcosystemUrl'] ?? ''))
  expect((await ecosystem.getRootContainer()).container.ContainerPointer.Name).toBeTruthy()

  const answer = await post(server.url, accessToken, 'GET_NEW_ACCESS_TOKEN', { 'X-WOPI-WopiSrc': known.wopiSrc })
  const { AccessTokenInfo = {} } = (await answer.json()) as Json
  expect(Number(AccessTokenInfo['AccessTokenExpiry'])).toBeGreaterThan(Date.now() + 9 * 3_600_000)
  const file = createClient({ wopiSrc: known.wopiSrc, accessToken: AccessTokenInfo['AccessToken'] ?? '' })
  const { info } = await file.checkFileInfo()
  expect(info).toMatchObject({
    BaseFileName: 'a.txt',
    UserId: Bootstrap['UserId'],
    UserFriendlyName: 'bob',
    UserCanWrite: true,
  })

  const { WopiSrcInfo = {} } = (await (
    await post(server.url, accessToken, 'GET_WOPI_SRC_WITH_ACCESS_TOKEN', {
      'X-WOPI-HostNativeFileName': info.HostEditUrl ?? '',
    })
  ).json()) as Json
  expect(WopiSrcInfo['Url']).toContain(`${known.wopiSrc}?access_token=`)
  expect(JSON.stringify(server.log)).not.toContain(accessToken)
})

test('what the authorization server gave for another resource, or before it went away, does not let a program in', async () => {
  const issuer = await authorizationServer()
  const server = await start({ users, files, config: { oauthIssuer: issuer.issuer } })
  const places = await placesOf(server.url)
  const { accessToken: forMail } = await issuer.tokenFor('bob', 'https://mail.example/', places)
  const { accessToken } = await issuer.tokenFor('bob', `${server.url}/wopibootstrapper`, places)
  const status = async (token: string) =>
    (await fetch(`${server.url}/wopibootstrapper`, { headers: { Authorization: `Bearer ${token}` } })).status
  expect(await status(forMail)).toBe(401)
  expect(server.log).toContainEqual(expect.objectContaining({ message: expect.stringContaining('its claim aud') }))
  expect(await status(accessToken)).toBe(200)
  issuer.stop()
  // Its keys are known, and hold for a while.
  expect(await status(accessToken)).toBe(200)
  await server.stop()
  const again = await start({ on: server, config: { oauthIssuer: issuer.issuer } })
  expect(
    (await fetch(`${again.url}/wopibootstrapper`, { headers: { Authorization: `Bearer ${accessToken}` } })).status,
  ).toBe(503)
})

test('the claim that names a user may be one that the authorization server adds', async () => {
  const issuer = await authorizationServer()
  const config = {
    oauthIssuer: issuer.issuer,
    oauthUserClaim: 'preferred_username',
    oauthAudience: 'https://documents.example/',
  }
  const server = await start({ users: { 'bob@example.org': 'a password' }, files, config })
  const { accessToken } = await issuer.tokenFor('bob', config.oauthAudience, await placesOf(server.url))
  const answer = await fetch(`${server.url}/wopibootstrapper`, { headers: { Authorization: `Bearer ${accessToken}` } })
  expect(((await answer.json()) as Json)['Bootstrap']).toMatchObject({ SignInName: 'bob@example.org' })
})

test('the checker finds nothing wrong with the way in', async () => {
  const issuer = await authorizationServer()
  const server = await start({ users, files, config: { oauthIssuer: issuer.issuer } })
  const url = `${server.url}/wopibootstrapper`
  const { accessToken: token } = await issuer.tokenFor('bob', url, await placesOf(server.url))
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', user: 'bob' })
  const run = await prepareRun({ wopiSrc, accessToken, bootstrapper: { url, token }, groups: ['bootstrapper'] })
  const outcomes = []
  for await (const { check, result, reason, expected, came } of run.outcomes())
    outcomes.push({ says: check.says, result, reason, expected, came })
  expect(outcomes.filter(({ result }) => result === 'failed' || result === 'error')).toEqual([])
  expect(outcomes.filter(({ result }) => result === 'passed').length).toBeGreaterThan(10)
})
