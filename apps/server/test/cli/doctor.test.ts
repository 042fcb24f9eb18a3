import { generateKeyPairSync } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exportPublicKey, signProof } from '@openwopi/protocol/proof'
import { expect, test, vi } from 'vitest'
import { deployment, remains } from '../doctor/deployment.ts'
import { discoveryXml, fakeClient, xml } from '../fake-client.ts'
import { start } from '../start.ts'
import { openwopi, temporaryFolder } from './openwopi.ts'

// Each of a test's many commands is a process that starts anew.
vi.setConfig({ testTimeout: 300_000 })

const columnsOf = (stdout: string) =>
  stdout.split('\n').flatMap((line) => /^ {2}(\w+) +(\S.*?) {2,}(\S.*)$/.exec(line)?.slice(1) ?? [])

test('doctor says of a deployment that is well how it is, one line for each thing, and leaves nothing behind', async () => {
  const { server } = await deployment()
  const ran = await openwopi(['doctor', server.folder, '--body-size', '1M'])
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  expect(ran.stdout).toMatch(/^OpenWOPI at http:\S+, which serves /)
  expect(columnsOf(ran.stdout)).toContain('A document is locked, saved, read back and unlocked.')
  expect(ran.stdout).toMatch(/\nEverything that was looked at is well\.\n$/)
  expect(await remains(server)).toEqual([])
  expect(await readdir(server.folder)).toEqual(['.openwopi'])
})

test('doctor ends with 1 when something is broken, and tells programs in JSON', async () => {
  const { server, proxy } = await deployment()
  proxy.behave({ answers: (_, res) => void res.writeHead(502).end() })
  const ran = await openwopi(['doctor', '--data', server.dataFolder, '--json'])
  expect(ran).toMatchObject({ code: 1, stderr: '' })
  const { url, findings } = JSON.parse(ran.stdout)
  expect(url).toBe(server.url)
  expect(findings[0]).toEqual({
    about: 'public URL',
    result: 'problem',
    says: `The proxy at ${proxy.origin} does not reach this host (status 502): lead it to ${server.url}.`,
  })
  const text = await openwopi(['doctor', server.folder])
  expect(text.code).toBe(1)
  expect(text.stdout).toMatch(
    /\n {2}PROBLEM {3}public URL {6}The proxy at .*\n(.*\n)*\n1 problem, 0 warnings; \d+ other things are well\.\n$/,
  )
})

test('doctor tries another address before the host is started with it', async () => {
  const server = await start()
  const ran = await openwopi([
    'doctor',
    server.folder,
    '--callback-url',
    'http://127.0.0.1:1/docs',
    '--body-size',
    '1M',
  ])
  expect(ran.code).toBe(1)
  expect(ran.stdout).toContain(
    'Nothing listens at http://127.0.0.1:1: start the proxy that should, or correct --callback-url.',
  )
})

test('doctor without a host, or asked wrongly, says what to do', async () => {
  const folder = await temporaryFolder()
  const none = await openwopi(['doctor', folder])
  expect(none).toMatchObject({ code: 1, stdout: '' })
  expect(none.stderr).toBe(
    `openwopi: No host serves ${folder}. Start one with "openwopi serve DIR"; if it runs, name its folder, or its data folder with --data.\n`,
  )
  const wrong = await openwopi(['doctor', folder, '--body-size', 'large'])
  expect(wrong).toMatchObject({ code: 2, stdout: '' })
  expect(wrong.stderr).toBe('openwopi: --body-size must be a size such as 1048576, 500M or 2G. It is "large".\n')
})

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const { modulus, exponent } = exportPublicKey(publicKey)
const keys = `<proof-key modulus="${modulus}" exponent="${exponent}"/>`

async function written() {
  const folder = await temporaryFolder()
  const discovery = join(folder, 'discovery.xml')
  await writeFile(discovery, discoveryXml('https://office.example.org', keys))
  return { folder, discovery }
}

test('doctor proof says that a proof holds, by which key, and when it was signed', async () => {
  const { discovery } = await written()
  const url = 'https://files.example.org/wopi/files/1?access_token=T%2Ft'
  const signed = signProof({ token: 'T/t', url, now: Date.UTC(2026, 0, 2) }, { current: privateKey })
  const flags = ['--proof', signed['X-WOPI-Proof'], '--timestamp', signed['X-WOPI-TimeStamp']]
  const ran = await openwopi(['doctor', 'proof', '--discovery', discovery, '--url', url, ...flags])
  expect(ran).toEqual({
    code: 0,
    stdout:
      'X-WOPI-Proof was made by the current key.\nThe proof holds as it is, by the current key.\nNothing has to be changed.\nIt was signed at 2026-01-02T00:00:00.000Z; a host takes proofs for 20 minutes.\n',
    stderr: '',
  })
})

test('doctor proof finds in a request that was written down what the client has really called', async () => {
  const { folder, discovery } = await written()
  const signed = signProof(
    { token: 'T/t', url: 'https://files.example.org/docs/wopi/files/1?access_token=T%2Ft', now: Date.now() },
    { current: privateKey },
  )
  const request = join(folder, 'request.txt')
  const headers = { Host: '127.0.0.1:8080', 'X-Forwarded-Prefix': '/docs', ...signed }
  const lines = Object.entries(headers).map(([name, value]) => `> ${name}: ${value}`)
  await writeFile(
    request,
    ['* Connected', '> GET /wopi/files/1?access_token=T%2Ft HTTP/1.1', ...lines, '>', ''].join('\n'),
  )
  const asked = ['doctor', 'proof', '--discovery', discovery, '--request', request, '--host', 'files.example.org']
  const ran = await openwopi(asked)
  expect(ran).toMatchObject({ code: 1, stderr: '' })
  expect(ran.stdout).toContain(
    'The proof would hold for https://files.example.org/docs/wopi/files/1: the request as it arrived, but with https, with the host files.example.org, with /docs before the path; the current key made it.\nGive the host the address that the client calls: --callback-url https://files.example.org/docs\n',
  )
  expect(ran.stdout).not.toContain('T%2Ft')
  const unnamed = await openwopi(asked.slice(0, asked.indexOf('--host')))
  expect(unnamed.stdout).toMatch(/another address or token than any that was tried\.\n.*host name.*--callback-url/)
  const json = (await openwopi([...asked, '--json'])).stdout
  expect(json).not.toContain('T/t')
  expect(json).not.toContain('T%2Ft')
  const { match } = JSON.parse(json)
  expect(match.changes.map(({ kind }: { readonly kind: string }) => kind)).toEqual(['scheme', 'host', 'prefix'])
})

test('doctor proof says what it has to be given', async () => {
  const { folder, discovery } = await written()
  const said = async (...args: readonly string[]) => {
    const { code, stderr } = await openwopi(['doctor', 'proof', ...args])
    return `${code} ${stderr}`
  }
  const given = ['--discovery', discovery, '--proof', 'x', '--url', 'https://h/wopi/files/1?access_token=t']
  await writeFile(join(folder, 'page.html'), '<html>')
  expect(await said()).toBe(
    `2 openwopi: Required option '--discovery <URL|FILE>' not specified. See "openwopi doctor proof --help".\n`,
  )
  expect(await said('--discovery', discovery)).toBe(
    '2 openwopi: Give the request: --request FILE, or --url, --proof and --timestamp.\n',
  )
  expect(await said(...given)).toBe(
    '2 openwopi: --timestamp must be the number in the header X-WOPI-TimeStamp, as 638000000000000000.\n',
  )
  expect(await said('--discovery', discovery, '--request', join(folder, 'page.html'))).toMatch(
    /^1 openwopi: \S+page\.html does not begin like a request/,
  )
  expect(await said('--discovery', join(folder, 'none.xml'), ...given.slice(2), '--timestamp', '1')).toMatch(
    /^1 openwopi: .*none\.xml/,
  )
  expect(await said('--discovery', join(folder, 'page.html'), ...given.slice(2), '--timestamp', '1')).toMatch(
    /^1 openwopi: \S+page\.html could not be read: .*not a discovery document/,
  )
})

test('discovery tells of the keys of several machines', async () => {
  const client = await fakeClient()
  const line = () => {
    const { modulus, exponent } = exportPublicKey(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)
    return `<proof-key modulus="${modulus}" exponent="${exponent}"/>`
  }
  client.answerWith(xml(discoveryXml(client.origin, line() + line() + line())))
  const ran = await openwopi(['discovery', client.origin])
  expect(ran.stdout).toContain('Proof keys: a current one of 2048 bits; 2 more machines have keys of their own.')
})
