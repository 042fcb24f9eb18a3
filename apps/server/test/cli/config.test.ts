import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CommandError } from '../../src/cli/command-error.ts'
import { type Given, readConfig } from '../../src/cli/read-config.ts'
import { openwopi, temporaryFolder } from './openwopi.ts'

const config = (given: Partial<Given> = {}) => readConfig({ flags: {}, env: {}, cwd: '/nowhere', ...given })

function refusal(given: Partial<Given>): string {
  try {
    config(given)
  } catch (error) {
    if (error instanceof CommandError && error.exitCode === 2) return error.message
    throw error
  }
  throw new Error('it was taken')
}

test('Without configuration, the working directory is served on loopback with the built-in client', () => {
  expect(config({ env: { OPENWOPI_SOFFICE: 'off' } })).toEqual({
    folder: '/nowhere',
    dataFolder: '/nowhere/.openwopi',
    host: '127.0.0.1',
    port: 8080,
    officePort: 0,
    clients: [],
    trustedProxies: [],
    without: [],
    cells: false,
    keepVersions: 100,
    tokenLifetime: 36_000_000,
    preferences: [],
    restrictedLinks: [],
    oauthUserClaim: 'sub',
  })
})

test('A flag counts before a variable, a variable before the file, the file before the default', async () => {
  const cwd = await temporaryFolder()
  await writeFile(join(cwd, 'openwopi.yaml'), 'port: 1\nkeep-versions: 11\nmax-file-size: 2G\n')
  const env = { OPENWOPI_PORT: '2', OPENWOPI_KEEP_VERSIONS: '12' }
  expect(config({ cwd, env, flags: { port: '3' } })).toMatchObject({
    port: 3,
    keepVersions: 12,
    maxFileSize: 2 * 1024 ** 3,
    host: '127.0.0.1',
  })
})

test('A variable that is set to nothing is not set', () => {
  expect(config({ env: { OPENWOPI_PORT: '', OPENWOPI_CLIENT: '' } })).toMatchObject({ port: 8080, clients: [] })
})

test('What clients are not offered is named one by one or with commas, and a name that is not known is refused', () => {
  const without = ['locks', 'containers', 'rename']
  expect(config({ flags: { without: ['locks,containers', ' rename, locks'] } }).without).toEqual(without)
  expect(config({ env: { OPENWOPI_WITHOUT: 'locks, containers rename' } }).without).toEqual(without)
  expect(refusal({ flags: { without: ['lock'] } })).toMatch(
    /--without must be some of .*It is lock\. Did you mean locks\?/,
  )
})

test('An authorization server is described by its addresses and by the programs that lead to it', () => {
  const env = {
    OPENWOPI_OAUTH_URL_SCHEME: 'iOS=contoso,iOS=contoso-EMM Android=contoso',
    OPENWOPI_OAUTH_AUDIENCE: 'api://x',
  }
  expect(config({ env, flags: { oauthIssuer: 'https://login.example/realm/' } })).toMatchObject({
    oauthIssuer: 'https://login.example/realm/',
    oauthAudience: 'api://x',
    oauthUrlSchemes: { iOS: ['contoso', 'contoso-EMM'], Android: ['contoso'] },
  })
  for (const oauthIssuer of [
    'http://login.example',
    'login.example',
    'https://login.example/#x',
    'https://a:b@login.example',
  ])
    expect(refusal({ flags: { oauthIssuer } })).toContain('--oauth-issuer must be an https address')
  expect(refusal({ flags: { oauthUrlSchemes: ['ios=x'] } })).toContain('one of iOS, Android, UWP. It is ios=x.')
  expect(refusal({ flags: { oauthProviderId: 'tp-contoso' } })).toContain('letters, digits and _')
})

test('The keys of the secure store are given by a file or a variable, never on the command line', async () => {
  const cwd = await temporaryFolder()
  expect(config({ cwd, env: { OPENWOPI_SECURE_STORE_KEY: 'x' } })).toMatchObject({ secureStoreKey: 'x' })
  expect(config({ cwd, flags: { secureStoreKeyFile: 'keys' } })).toMatchObject({
    secureStoreKeyFile: join(cwd, 'keys'),
  })
  await writeFile(join(cwd, 'openwopi.yaml'), 'secure-store-key: x\n')
  expect(refusal({ cwd })).toContain('which is not an option')
  expect((await openwopi(['serve', '--secure-store-key', 'x'], { cwd })).stderr).not.toContain('"x"')
})

test('A path is relative to where it is written', async () => {
  const cwd = await temporaryFolder()
  const configFile = join(cwd, 'my.json')
  await writeFile(configFile, '{ "folder": "documents", "data": "/var/lib/openwopi" }')
  expect(config({ configFile })).toMatchObject({ folder: join(cwd, 'documents'), dataFolder: '/var/lib/openwopi' })
  expect(config({ configFile, env: { OPENWOPI_DATA: 'here' } })).toMatchObject({ dataFolder: '/nowhere/here' })
  expect(config({ env: { OPENWOPI_CONFIG: configFile } }).folder).toBe(join(cwd, 'documents'))
})

test('Clients have a profile, a name of their own, and the usual discovery path where none is given', () => {
  const clients = ['collabora=http://a:9980', 'http://b/discovery?x=1', 'collabora=https://c/hosting/discovery']
  expect(config({ flags: { clients } }).clients).toEqual([
    { name: 'collabora', profile: 'collabora', url: 'http://a:9980/hosting/discovery' },
    { name: 'generic', profile: 'generic', url: 'http://b/discovery?x=1' },
    { name: 'collabora-2', profile: 'collabora', url: 'https://c/hosting/discovery' },
  ])
  expect(config({ env: { OPENWOPI_CLIENT: 'onlyoffice=http://a, http://b' } }).clients).toHaveLength(2)
})

test('A list in the file may have one item or several', async () => {
  const cwd = await temporaryFolder()
  await writeFile(join(cwd, 'openwopi.yaml'), 'client: collabora=http://a\ntrusted-proxy:\n  - 10.0.0.0/8\n  - ::1\n')
  const { clients, trustedProxies } = config({ cwd })
  expect(clients).toHaveLength(1)
  expect(trustedProxies).toEqual(['10.0.0.0/8', '::1'])
})

test.each([
  ['1048576', 1_048_576],
  ['500K', 512_000],
  ['1.5g', 1_610_612_736],
  ['10 MiB', 10_485_760],
])('A size of %s is %i bytes', (raw, bytes) => {
  expect(config({ flags: { maxFileSize: raw } }).maxFileSize).toBe(bytes)
})

test.each([
  ['90', 90_000],
  ['90s', 90_000],
  ['45m', 2_700_000],
  ['1.5h', 5_400_000],
  ['2d', 172_800_000],
])('A time of %s is %i milliseconds', (raw, milliseconds) => {
  expect(config({ flags: { tokenLifetime: raw } }).tokenLifetime).toBe(milliseconds)
})

test.each<[string, Partial<Given>, string]>([
  [
    'a misspelt variable',
    { env: { OPENWOPI_PROT: '1' } },
    'The variable OPENWOPI_PROT is not known. Did you mean OPENWOPI_PORT?',
  ],
  ['a port that is none', { flags: { port: 'http' } }, '--port must be a whole number from 0 to 65535. It is "http".'],
  ['a port out of range', { env: { OPENWOPI_PORT: '65536' } }, 'OPENWOPI_PORT must be a whole number'],
  ['a negative port', { flags: { port: '-1' } }, '--port must be a whole number'],
  [
    'an unknown profile',
    { flags: { clients: ['colabora=http://a'] } },
    'no profile is called colabora. Did you mean collabora?',
  ],
  [
    'a client that is no address',
    { flags: { clients: ['ftp://a'] } },
    '--client must be the discovery URL of a client',
  ],
  ['an unknown proof mode', { flags: { proof: 'require' } }, '--proof must be one of off, if-present, required.'],
  [
    'a public URL with a query',
    { flags: { publicUrl: 'https://a.example/office?x=1' } },
    '--public-url must be an address such as',
  ],
  [
    'a public URL with a password',
    { flags: { publicUrl: 'https://me:secret@a.example' } },
    '--public-url must be an address',
  ],
  [
    'a proxy that is none',
    { flags: { trustedProxies: ['10.0.0.0/33'] } },
    '--trusted-proxy must be addresses such as 10.0.0.1',
  ],
  ['a size of nothing', { flags: { maxFileSize: '0' } }, '--max-file-size must be a size'],
  ['a size in words', { flags: { maxFileSize: 'big' } }, '--max-file-size must be a size'],
  ['a time without end', { flags: { tokenLifetime: '1000d' } }, '--token-lifetime must be a time'],
  ['no versions', { flags: { keepVersions: '0' } }, '--keep-versions must be a whole number from 1'],
  ['an empty folder', { flags: { folder: '' } }, 'DIR must be the path of a folder'],
  ['an address with a port', { flags: { host: '127.0.0.1:80' } }, '--host must be an address'],
])('%s is refused with a sentence', (_, given, sentence) => {
  expect(refusal(given)).toContain(sentence)
})

test.each([
  ['prot: 1', '"prot", which is not an option. Did you mean port?'],
  ['port: [1, 2]', 'port in FILE must be plain text or a number'],
  ['port: 99999', 'port in FILE must be a whole number from 0 to 65535. It is 99999.'],
  ['just text', 'must list options with their values'],
  ['- 1', 'must list options with their values'],
  ['port: {', 'is not valid YAML or JSON'],
  ['a: &a [x]\nb: [*a, *a]\nc: !!js/function x', 'which is not an option'],
])('A configuration file that says %j is refused with a sentence that names it', async (text, sentence) => {
  const cwd = await temporaryFolder()
  const file = join(cwd, 'openwopi.yaml')
  await writeFile(file, text)
  const message = refusal({ cwd })
  expect(message).toContain(file)
  expect(message.replace(file, 'FILE')).toContain(sentence)
})

test('A configuration file that is empty changes nothing', async () => {
  const cwd = await temporaryFolder()
  await writeFile(join(cwd, 'openwopi.yaml'), '# nothing yet\n')
  expect(config({ cwd }).port).toBe(8080)
})

test('A file that lies among documents that others may write is not taken for configuration', async () => {
  const cwd = await temporaryFolder()
  await writeFile(join(cwd, 'openwopi.yaml'), 'client: http://attacker.example\n')
  expect(config({ cwd }).clients).toHaveLength(1)
  expect(refusal({ cwd, flags: { host: '0.0.0.0' } })).toContain('where others may write it')
  expect(refusal({ cwd, flags: { publicUrl: 'https://docs.example' } })).toContain('where others may write it')
  const configFile = 'openwopi.yaml'
  expect(config({ cwd, configFile, flags: { host: '0.0.0.0' } }).clients).toHaveLength(1)
  expect(config({ cwd, flags: { host: '0.0.0.0', folder: 'documents' } }).clients).toHaveLength(1)
})

test('The command refuses what is wrong with exit code 2, and a file that is not there with 1', async () => {
  const cwd = await temporaryFolder()
  const misspelt = await openwopi(['serve'], { cwd, env: { OPENWOPI_HSOT: '::1' } })
  expect(misspelt).toMatchObject({ code: 2, stdout: '' })
  expect(misspelt.stderr).toBe('openwopi: The variable OPENWOPI_HSOT is not known. Did you mean OPENWOPI_HOST?\n')
  const missing = await openwopi(['serve', '--config', 'missing.yaml'], { cwd })
  expect(missing).toMatchObject({ code: 1, stdout: '' })
  expect(missing.stderr).toContain('missing.yaml cannot be read')
})

test('LibreOffice is used where it is said to be, and not where it is said to be off', async () => {
  expect(config({ env: { OPENWOPI_SOFFICE: '/opt/office/soffice' } }).soffice).toBe('/opt/office/soffice')
  expect(config({ env: { OPENWOPI_SOFFICE: 'off' } })).not.toHaveProperty('soffice')
  expect(() => config({ flags: { soffice: 'soffice' } })).toThrow(
    /--soffice must be the whole path of a program, or off/,
  )
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'soffice'), '#!/bin/sh\n', { mode: 0o755 })
  expect(config({ env: { PATH: folder } }).soffice).toBe(join(folder, 'soffice'))
})
