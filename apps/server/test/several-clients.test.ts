import { generateKeyPairSync } from 'node:crypto'
import { exportPublicKey, signProof } from '@openwopi/protocol/proof'
import { expect, test } from 'vitest'
import { readConfig } from '../src/cli/read-config.ts'
import { discoveryXml, fakeClient, xml } from './fake-client.ts'
import { start } from './start.ts'

const read = (
  flags: Readonly<Record<string, string | readonly string[]>>,
  env: Readonly<Record<string, string>> = {},
) => readConfig({ flags, env, cwd: '/srv' })

test('preferences are read from flags and from their variable', () => {
  const expected = [
    { extension: 'docx', client: 'collabora' },
    { extension: 'md', client: 'office' },
  ]
  expect(read({ preferences: ['docx=collabora', '.MD=office'] }).preferences).toEqual(expected)
  expect(read({}, { OPENWOPI_PREFER: 'docx=collabora, md=office' }).preferences).toEqual(expected)
  expect(() => read({ preferences: ['docx'] })).toThrow(
    '--prefer must be an extension and the name of a client, as docx=collabora. It is ["docx"].',
  )
})

test('the built-in client is named once among others', () => {
  const url = 'http://127.0.0.1:9980/hosting/discovery'
  expect(read({ clients: [`collabora=${url}`, 'built-in', url] }).clients.map(({ name }) => name)).toEqual([
    'collabora',
    'office',
    'generic',
  ])
  expect(() => read({ clients: ['built-in', 'built-in'] })).toThrow('--client must be built-in only once.')
})

test('public and callback URL may have a path, and nothing after it', () => {
  expect(read({ callbackUrl: 'https://example.org/docs/' }).callbackUrl).toBe('https://example.org/docs')
  expect(read({ publicUrl: 'https://Example.org/a/b' }).publicUrl).toBe('https://example.org/a/b')
  for (const wrong of ['https://example.org/docs?x', 'https://example.org/a%20b', 'ftp://example.org', 'example.org']) {
    expect(() => read({ callbackUrl: wrong })).toThrow('--callback-url must be an address')
    expect(() => read({ publicUrl: wrong })).toThrow('--public-url must be an address')
  }
})

test('a preference for a client that is not configured keeps the host from starting, and says which there are', async () => {
  const client = await fakeClient('collabora')
  const config = { clients: [client.config], preferences: [{ extension: 'docx', client: 'onlyoffice' }] }
  await expect(start({ config })).rejects.toThrow(
    '.docx files are to be opened in onlyoffice, but no client is called so. There is: collabora. Write one of these after --prefer docx=',
  )
})

test('the built-in client opens the files it is preferred for, and another client the rest', async () => {
  const client = await fakeClient('other')
  const builtIn = { name: 'office', url: 'built-in', profile: 'openwopi' } as const
  const server = await start({
    files: { 'a.txt': 'aa', 'b.md': 'bb' },
    config: { clients: [client.config, builtIn], preferences: [{ extension: 'md', client: 'office' }] },
  })
  const originOf = async (path: string) => new URL((await server.token({ path })).actionUrl ?? '').origin
  expect(await originOf('a.txt')).toBe(client.origin)
  expect(await originOf('b.md')).toBe(server.officeUrl)
})

test('a client that is away when the host starts again still opens files, and its proofs are still asked for', async () => {
  const client = await fakeClient('editor')
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { modulus, exponent } = exportPublicKey(publicKey)
  client.answerWith(xml(discoveryXml(client.origin, `<proof-key modulus="${modulus}" exponent="${exponent}"/>`)))
  const config = { clients: [client.config] }
  const first = await start({ files: { 'a.txt': 'aa' }, config })
  await first.stop()
  await client.stop()

  const second = await start({ on: first, config })
  const { wopiSrc, accessToken, actionUrl } = await second.token({ path: 'a.txt', client: 'editor' })
  expect(actionUrl).toMatch(new RegExp(`^${client.origin}/edit`))
  const url = `${wopiSrc}?access_token=${accessToken}`
  const proof = signProof({ token: accessToken, url, now: Date.now() }, { current: privateKey })
  expect((await fetch(url, { headers: proof })).status).toBe(200)
  expect((await fetch(url)).status).toBe(500)
})
