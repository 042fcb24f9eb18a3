import { rename } from 'node:fs/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { runningHost } from '../../src/cli/running-host.ts'
import { examine } from '../../src/doctor/examine.ts'
import type { Finding } from '../../src/doctor/finding.ts'
import { patientOf } from '../../src/doctor/patient-of.ts'
import type { ProxyManners } from '../reverse-proxy.ts'
import { deployment, good, remains } from './deployment.ts'

vi.setConfig({ testTimeout: 300_000 })

test('of a deployment that is well, everything is said to be well', async () => {
  const { examine } = await deployment()
  const findings = await examine()
  expect(findings.filter(({ result }) => result !== 'ok')).toEqual([])
  expect(new Set(findings.map(({ about }) => about))).toEqual(
    new Set([
      'public URL',
      'proxy',
      'live updates',
      'clock',
      'requests',
      'tokens',
      'bodies',
      'saving',
      'editor',
      'proof keys',
      'frames',
    ]),
  )
})

test('of a host without a proxy, too', async () => {
  const { examine, server } = await deployment({ config: () => ({ publicUrl: 'http://127.0.0.1:1' }) })
  const findings = await examine({ publicUrl: server.url })
  expect(findings.filter(({ result }) => result !== 'ok')).toEqual([])
})

const status = (code: number, headers: Record<string, string> = {}): ProxyManners => ({
  answers: (_, res) => void res.writeHead(code, headers).end('<h1>No</h1>'),
})

const faultyProxies: readonly (readonly [what: string, manners: ProxyManners, sentence: RegExp])[] = [
  [
    'does not reach the host',
    status(502),
    /^public URL, problem: The proxy at PROXY does not reach this host \(status 502\): lead it to HOST\.$/,
  ],
  [
    'leads to another server',
    status(404),
    /^public URL, problem: Another server than this host answers at PROXY \(status 404\): lead the proxy there to HOST, or correct --public-url\.$/,
  ],
  [
    'answers with a page of its own',
    status(200),
    /^public URL, problem: Another server than this host answers at PROXY \(status 200\)/,
  ],
  [
    'wants a password of its own',
    status(401),
    /^public URL, problem: Something in front of the host refuses requests at PROXY \(status 401\): let \/wopi and \/api through/,
  ],
  [
    'redirects',
    status(301, { Location: 'https://www.example.org/x' }),
    /^public URL, problem: PROXY redirects to https:\/\/www\.example\.org: give the address that people end up at, with --public-url\.$/,
  ],
  [
    'hangs up',
    { answers: (req) => void req.socket.destroy() },
    /^public URL, problem: The connection to PROXY breaks off \(ECONNRESET\)/,
  ],
  [
    'puts something before paths',
    { ...good, rewrites: (url) => `/inner${url}` },
    /^public URL, problem: The proxy passes \/api on as \/inner\/api: have it leave paths as they are\.$/,
  ],
  [
    'cuts something off paths',
    { ...good, rewrites: (url) => url.replace(/^\/(api|wopi)/, '') },
    /^public URL, problem: The proxy passes \/api on as \/: have it leave paths as they are\.$/,
  ],
  [
    'calls the host by a name of its own',
    { ...good, host: 'inside.example:81' },
    /^proxy, problem: The proxy calls the host inside\.example:81, a name that it does not answer to: .*Host \$host\)\.$/,
  ],
  [
    'drops headers without a value',
    { ...good, dropsEmpty: true },
    /^requests, problem: The proxy drops or changes X-WOPI-Lock in requests: have it pass on all headers/,
  ],
  [
    'drops proofs',
    { ...good, drops: ['x-wopi-proof'] },
    /^requests, problem: The proxy drops or changes X-WOPI-Proof in requests/,
  ],
  [
    'drops the Authorization header',
    { ...good, drops: ['authorization'] },
    /^requests, problem: The proxy drops or changes Authorization in requests/,
  ],
  [
    'drops headers without a value from answers',
    { ...good, dropsFromAnswers: ['x-wopi-lock'] },
    /^requests, problem: The proxy drops or changes X-WOPI-Lock in answers/,
  ],
  [
    'decodes addresses',
    { ...good, rewrites: (url) => url.replace(/%2[fF]/g, '/') },
    /^requests, problem: The proxy spells addresses in another way/,
  ],
  [
    'takes small bodies only',
    { ...good, mostBytes: 1024 * 1024 },
    /^bodies, problem: Bodies of 3\.0 MB are refused on the way \(status 413\), and 1\.0 MB are not, so large documents cannot be saved: raise the limit/,
  ],
  [
    'takes short addresses only',
    { ...good, longestUrl: 1000 },
    /^tokens, problem: Addresses of \d+ characters do not come through \(status 414\)/,
  ],
  [
    'holds answers back',
    { ...good, buffers: true },
    /^live updates, warning: The proxy holds answers back until they are whole/,
  ],
  [
    'adds a policy to pages',
    { ...good, answersWith: { 'Content-Security-Policy': "default-src 'self'" } },
    /^frames, problem: The proxy adds a Content-Security-Policy to pages that does not let them show editor: .* add CLIENT to its frame-src\.$/,
  ],
  [
    'closes pages off from others',
    { ...good, answersWith: { 'Cross-Origin-Embedder-Policy': 'require-corp' } },
    /^frames, problem: The proxy adds Cross-Origin-Embedder-Policy to pages/,
  ],
  [
    'has a clock that is behind',
    { ...good, answersWith: { Date: new Date(Date.now() - 3_600_000).toUTCString() } },
    /^clock, warning: The clock of PROXY is 6\d minutes behind ours: set both by a time server\.$/,
  ],
]

test('what a proxy does wrong is found out, and nothing else is', async () => {
  const { proxy, faults, server } = await deployment()
  for (const [what, manners, sentence] of faultyProxies) {
    proxy.behave(manners)
    expect.soft(await faults(), what).toEqual([expect.stringMatching(sentence)])
  }
  expect(await remains(server)).toEqual([])
})

test('a proxy that is not trusted, or says nothing, is found out', async () => {
  const untrusted = await deployment({ config: () => ({ trustedProxies: [] }) })
  expect(await untrusted.faults()).toEqual([
    'proxy, warning: The proxy at 127.0.0.1 says for whom it asks, but is not believed: start the host with --trusted-proxy 127.0.0.1.',
  ])
})

test('a path that a proxy cuts off is well if the callback URL names it, and is found out if not', async () => {
  const manners = { ...good, prefix: '/docs' }
  const named = await deployment({
    manners,
    config: ({ proxy }) => ({ publicUrl: 'http://127.0.0.1:1', callbackUrl: `${proxy}/docs` }),
  })
  expect(await named.faults({ publicUrl: named.server.url })).toEqual([])
  const kept = await deployment({
    manners: { ...good, rewrites: (url) => `/docs${url}` },
    config: ({ proxy }) => ({ publicUrl: 'http://127.0.0.1:1', callbackUrl: proxy }),
  })
  expect(await kept.faults({ publicUrl: kept.server.url })).toEqual([
    'callback URL, problem: The proxy passes /wopi on as /docs/wopi: have it leave paths as they are, or give --callback-url PROXY/docs.',
  ])
})

test('addresses that lead nowhere are found out', async () => {
  const { faults } = await deployment()
  expect(await faults({ callbackUrl: 'http://no-such-name.invalid:8080' })).toEqual([
    'callback URL, problem: The name no-such-name.invalid:8080 means nothing to this machine: enter it in DNS, or correct --callback-url.',
  ])
  expect(await faults({ callbackUrl: 'http://127.0.0.1:1' })).toEqual([
    'callback URL, problem: Nothing listens at http://127.0.0.1:1: start the proxy that should, or correct --callback-url.',
  ])
  expect(await faults({ callbackUrl: (await deployment()).proxy.origin.replace('http:', 'https:') })).toEqual([
    expect.stringMatching(/^callback URL, problem: What listens at https:\S+ does not speak TLS/),
  ])
})

test('of a deployment under a path, too, and of a proxy that passes on another one not', async () => {
  const manners = { ...good, prefix: '/docs' }
  const { proxy, examine, faults } = await deployment({
    manners,
    config: ({ proxy }) => ({ publicUrl: `${proxy}/docs` }),
  })
  expect((await examine()).filter(({ result }) => result !== 'ok')).toEqual([])
  proxy.behave({ ...good, prefix: '/docs', keepsPrefix: true })
  expect(await faults()).toEqual([])
  proxy.behave({ ...good, rewrites: (url) => url.replace('/docs', '/papers') })
  expect(await faults()).toEqual([
    'public URL, problem: The proxy passes /docs/api on as /papers/api: have it leave paths as they are.',
  ])
})

test('a host that was started without locks or without saving is well as it is', async () => {
  const withoutLocks = await deployment({ config: () => ({ without: ['locks'] }) })
  const findings = await withoutLocks.examine()
  expect(findings).toContainEqual({ about: 'saving', result: 'ok', says: 'A document is saved and read back.' })
  expect(findings.filter(({ result }) => result !== 'ok')).toEqual([])
})

test('a proxy that leads only the pages to the host is found out', async () => {
  const { proxy, faults } = await deployment()
  proxy.behave({ ...good, rewrites: (url) => url.replace(/^\/wopi\/.*/, '/nothing') })
  expect(await faults()).toContain(
    'public URL, problem: Another server than this host answers at PROXY/wopi (status 404): lead the proxy there to HOST, or correct --public-url.',
  )
})

test('a folder in which no file can be made is found out', async () => {
  const { server } = await deployment()
  const host = await runningHost(server.dataFolder)
  if (!host) throw new Error('the host does not say that it runs')
  const patient = await patientOf(host, { bodySize: 1000 })
  await rename(server.folder, `${server.folder}-moved`)
  onTestFinished(() => rename(`${server.folder}-moved`, server.folder))
  const findings: Finding[] = []
  for await (const finding of examine(patient)) findings.push(finding)
  expect(findings.filter(({ result }) => result !== 'ok')).toEqual([
    {
      about: 'folder',
      result: 'problem',
      says: expect.stringContaining(`No file can be made in ${server.folder}: see whether it is there`),
    },
    { about: 'saving', result: 'untested', says: 'Not tried, as no file can be made.' },
  ])
})
