import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { publicKeyBlob } from '@openwopi/protocol'
import { exportPublicKey, signProof } from '@openwopi/protocol/proof'
import { expect, test } from 'vitest'
import { discoveryXml, fakeClient, xml } from './fake-client.ts'
import { start } from './start.ts'

const hour = 60 * 60_000
const get = (url: string, headers: Record<string, string> = {}) => fetch(url, { headers })

async function* bytes(text: string) {
  yield new TextEncoder().encode(text)
}

test('a token opens its own file and no other', async () => {
  const server = await start({ files: { 'a.txt': 'aa', 'b.txt': 'bb' } })
  const [a, b] = [await server.token({ path: 'a.txt' }), await server.token({ path: 'b.txt' })]
  expect(await (await get(`${a.wopiSrc}/contents?access_token=${a.accessToken}`)).text()).toBe('aa')
  expect((await get(`${b.wopiSrc}?access_token=${a.accessToken}`)).status).toBe(401)
  expect((await get(`${b.wopiSrc}/contents?access_token=${a.accessToken}`)).status).toBe(401)
})

test('a token is accepted from the query or from the Authorization header, and is shorter than 1 KB', async () => {
  const server = await start({ files: { 'a.txt': 'aa' } })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', user: 'ä'.repeat(200) })
  expect((await get(`${wopiSrc}?access_token=${accessToken}`)).status).toBe(200)
  expect((await get(wopiSrc, { Authorization: `Bearer ${accessToken}` })).status).toBe(200)
  expect(accessToken.length).toBeLessThan(1024)
  expect(accessToken).toMatch(/^[\w.-]+$/)
})

test('a token that is empty, cut, changed, or there twice opens nothing', async () => {
  const server = await start({ files: { 'a.txt': 'aa' } })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt' })
  const [payload = '', signature = ''] = accessToken.split('.')
  const flipped = payload.slice(0, -2) + (payload.endsWith('A') ? 'B' : 'A') + payload.slice(-1)
  const bad = [
    '',
    'x',
    accessToken.slice(0, -1),
    payload,
    `${payload}.`,
    `${flipped}.${signature}`,
    `${accessToken}.x`,
    `${accessToken}&access_token=${accessToken}`,
  ]
  for (const token of bad) expect([token, (await get(`${wopiSrc}?access_token=${token}`)).status]).toEqual([token, 401])
  expect((await get(wopiSrc)).status).toBe(401)
})

test('a token ends when it says, in absolute milliseconds', async () => {
  const clock = { now: Date.now() }
  const server = await start({ files: { 'a.txt': 'aa' }, options: { now: () => clock.now } })
  const long = await server.token({ path: 'a.txt' })
  expect(long.accessTokenTtl).toBe(clock.now + 10 * hour)
  const { wopiSrc, accessToken, accessTokenTtl } = await server.token({ path: 'a.txt', ttl: 60 })
  expect(accessTokenTtl).toBe(clock.now + 60_000)
  const status = async () => (await get(`${wopiSrc}?access_token=${accessToken}`)).status
  expect(await status()).toBe(200)
  clock.now += 60_000
  expect(await status()).toBe(401)
})

test('a token for looking only never writes, whatever its user may do', async () => {
  const server = await start({ files: { 'a.txt': 'aa' } })
  const grant = await server.token({ path: 'a.txt', view: true })
  const file = createClient(grant)
  const { info } = await file.checkFileInfo()
  expect(info.UserCanWrite).not.toBe(true)
  const attempts = [
    () => file.lock({ lock: 'x' }),
    () => file.putFile({ content: bytes('bb') }),
    () => file.renameFile({ requestedName: 'b' }),
    () => file.deleteFile(),
  ]
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'NotFound' })
  expect(await readFile(join(server.folder, 'a.txt'), 'utf8')).toBe('aa')
})

test('a token outlives a restart, as its key does, which nobody else can read', async () => {
  const server = await start({ files: { 'a.txt': 'aa' } })
  const { accessToken } = await server.token({ path: 'a.txt' })
  const key = await stat(join(server.dataFolder, 'secrets', 'key'))
  expect([key.size, (key.mode & 0o777).toString(8)]).toEqual([32, '600'])
  await server.stop()
  const again = await start({ on: server })
  const { wopiSrc } = await again.token({ path: 'a.txt' })
  expect((await get(`${wopiSrc}?access_token=${accessToken}`)).status).toBe(200)
})

test('a token that is taken back opens nothing any more, also after a restart', async () => {
  const server = await start({ files: { 'a.txt': 'aa' } })
  const [taken, kept] = [await server.token({ path: 'a.txt' }), await server.token({ path: 'a.txt' })]
  const status = async ({ accessToken }: typeof taken, { wopiSrc } = taken) =>
    (await get(`${wopiSrc}?access_token=${accessToken}`)).status
  expect(await server.control('revoke', { accessToken: taken.accessToken })).toMatchObject({ status: 204 })
  expect(await server.control('revoke', { accessToken: `${taken.accessToken}x` })).toMatchObject({ status: 404 })
  expect([await status(taken), await status(kept)]).toEqual([401, 200])
  await server.stop()
  const again = await start({ on: server })
  const fresh = await again.token({ path: 'a.txt' })
  expect([await status(taken, fresh), await status(kept, fresh)]).toEqual([401, 200])
})

test('tokens are given only to programs that can read the data folder', async () => {
  const server = await start({ files: { 'a.txt': 'aa' } })
  const ask = (headers: Record<string, string>, body: unknown = { path: 'a.txt' }) =>
    server.ask('/api/control/token', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const running = JSON.parse(await readFile(join(server.dataFolder, 'running.json'), 'utf8'))
  const Authorization = `Bearer ${running.controlToken}`
  expect(((await stat(join(server.dataFolder, 'running.json'))).mode & 0o777).toString(8)).toBe('600')
  expect(running).toMatchObject({ url: server.url, wopiUrl: `${server.url}/wopi`, pid: process.pid })
  expect((await ask({})).status).toBe(401)
  expect((await ask({ Authorization: 'Bearer x' })).status).toBe(401)
  expect((await ask({ Authorization })).status).toBe(200)
  expect((await ask({ Authorization }, { path: 'b.txt' })).status).toBe(404)
  expect((await ask({ Authorization }, { path: '../../etc/passwd' })).status).toBe(404)
  expect((await ask({ Authorization }, { path: '.openwopi/secrets/key' })).status).toBe(404)
  expect((await ask({ Authorization }, { path: 'a.txt', client: 'nobody' })).status).toBe(404)
  expect((await ask({ Authorization }, { path: 'a.txt', ttl: -1 })).status).toBe(400)
  expect((await ask({ Authorization }, {})).status).toBe(400)
  await server.stop()
  await expect(stat(join(server.dataFolder, 'running.json'))).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a token comes with the address that opens the file in a client that can, or with none', async () => {
  const server = await start({ files: { 'a.txt': 'aa', 'b.md': 'b', 'c.wopitest': '' } })
  const a = await server.token({ path: 'a.txt' })
  expect(a.actionUrl).toMatch(/\/edit\?ui=en-US&wopisrc=http%3A%2F%2F127\.0\.0\.1%3A\d+%2Fwopi%2Ffiles%2F/)
  expect((await server.token({ path: 'a.txt', view: true })).actionUrl).toMatch(/\/view\?/)
  expect((await server.token({ path: 'b.md' })).actionUrl).toMatch(/\/edit\?WOPISrc=http/)
  const c = await server.token({ path: 'c.wopitest' })
  expect(c.actionUrl).toBeNull()
  expect((await get(`${c.wopiSrc}?access_token=${c.accessToken}`)).status).toBe(200)
})

test('with users, a token is for one of them, and without a name for the owner', async () => {
  const server = await start({ users: { anna: 'first password', otto: 'second password' }, files: { 'a.txt': 'aa' } })
  const nameOf = async (body: object) =>
    (await createClient(await server.token(body)).checkFileInfo()).info.UserFriendlyName
  expect(await nameOf({ path: 'a.txt' })).toBe('anna')
  expect(await nameOf({ path: 'a.txt', user: 'otto' })).toBe('otto')
  await expect(server.token({ path: 'a.txt', user: 'nobody' })).rejects.toThrow('404')
})

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

function proofKey(key: KeyObject): string {
  const { modulus, exponent } = exportPublicKey(key)
  const value = publicKeyBlob({ modulus, exponent })
  return `<proof-key value="${value}" modulus="${modulus}" exponent="${exponent}" oldvalue="${value}" oldmodulus="${modulus}" oldexponent="${exponent}"/>`
}

test('a token that was made for a client that publishes keys is worth nothing without their proof', async () => {
  const { privateKey, publicKey } = newKey()
  const client = await fakeClient('signing')
  client.answerWith(xml(discoveryXml(client.origin, proofKey(publicKey))))
  const server = await start({ files: { 'a.txt': 'aa' }, config: { clients: [client.config] } })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', client: 'signing' })
  const url = `${wopiSrc}?access_token=${accessToken}`
  const proven = (key: KeyObject, now = Date.now()) =>
    get(url, signProof({ token: accessToken, url, now }, { current: key }))
  expect((await get(url)).status).toBe(500)
  expect((await proven(privateKey)).status).toBe(200)
  expect((await proven(newKey().privateKey)).status).toBe(500)
  expect((await proven(privateKey, Date.now() - 21 * 60_000)).status).toBe(500)
})

test('when a client has changed its keys, its discovery is read again and the request still served', async () => {
  const [first, second] = [newKey(), newKey()]
  const client = await fakeClient('signing')
  client.answerWith(xml(discoveryXml(client.origin, proofKey(first.publicKey))))
  const clock = { now: Date.now() }
  const server = await start({
    files: { 'a.txt': 'aa' },
    config: { clients: [client.config] },
    options: { now: () => clock.now },
  })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', client: 'signing' })
  client.answerWith(xml(discoveryXml(client.origin, proofKey(second.publicKey))))
  clock.now += 2 * 60_000
  const url = `${wopiSrc}?access_token=${accessToken}`
  const proof = signProof({ token: accessToken, url, now: clock.now }, { current: second.privateKey })
  expect((await get(url, proof)).status).toBe(200)
})

test('proof keys can be left unchecked, or be demanded of a client that publishes none', async () => {
  const { publicKey } = newKey()
  const client = await fakeClient('signing')
  client.answerWith(xml(discoveryXml(client.origin, proofKey(publicKey))))
  const statusWith = async (proof: 'off' | 'if-present' | 'required', clients: [typeof client.config]) => {
    const server = await start({ files: { 'a.txt': 'aa' }, config: { clients, proof } })
    const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', client: clients[0].name })
    return (await get(`${wopiSrc}?access_token=${accessToken}`)).status
  }
  expect(await statusWith('off', [client.config])).toBe(200)
  expect(await statusWith('if-present', [client.config])).toBe(200)
  expect(await statusWith('required', [(await fakeClient('silent')).config])).toBe(500)
})
