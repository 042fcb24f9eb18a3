import { expect, test, vi } from 'vitest'
import { discoveryXml, xml } from '../fake-client.ts'
import type { ProxyManners } from '../reverse-proxy.ts'
import { deployment, good, proofKeys, remains } from './deployment.ts'

vi.setConfig({ testTimeout: 60_000 })

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

test.each<[what: string, change: (text: string, origin: string) => string, sentence: RegExp]>([
  [
    'is no discovery document',
    () => '<html/>',
    /^editor, problem: Its discovery document at CLIENT\/hosting\/discovery cannot be used: what it answers is not a discovery document .*: check that it runs/,
  ],
  [
    'opens nothing that people know',
    (text) => text.replace(/ext="(txt|md)"/g, 'ext="xyz"'),
    /^editor, warning: It opens none of the usual kinds of documents/,
  ],
  ['has no keys', (text) => text.replace(proofKeys, ''), /^proof keys, warning: editor publishes no proof keys/],
  [
    'has a blob of another key',
    (text) => text.replace('<proof-key ', '<proof-key value="BgIAAACkAABSU0ExAAgAAAEAAQ==" '),
    /^proof keys, warning: editor publishes a proof key whose value is another one than its modulus/,
  ],
  [
    'sends browsers to where nothing is',
    (text, origin) => text.replaceAll(`urlsrc="${origin}`, 'urlsrc="http://127.0.0.1:1'),
    /^editor, problem: Browsers are sent to http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\), and nothing answers there/,
  ],
])('a client whose document %s is found out, and nothing else is', async (_, change, sentence) => {
  const document = (origin: string) => change(discoveryXml(origin, proofKeys), origin)
  const { faults } = await deployment({ document })
  expect(await faults()).toEqual([expect.stringMatching(sentence)])
})

test('a client whose machines have different keys is found out', async () => {
  const { client, faults } = await deployment()
  let asked = 0
  client.answerWith((req, res) => {
    const keys = asked++ % 2 === 0 ? proofKeys : proofKeys.replace('0HOW', '1HOW')
    xml(discoveryXml(client.origin, keys))(req, res)
  })
  expect(await faults()).toEqual([
    'proof keys, problem: editor publishes other proof keys each time it is asked, so requests are refused at random: give all its machines the same key.',
  ])
})

test('proofs that are demanded of a client without keys, or not of one with them, are found out', async () => {
  const without = await deployment({
    config: () => ({ proof: 'required' }),
    document: (origin) => discoveryXml(origin),
  })
  expect(await without.faults()).toEqual([
    expect.stringMatching(/^proof keys, problem: .* --proof required refuses all its requests/),
  ])
  const off = await deployment({ config: () => ({ proof: 'off' }) })
  expect(await off.faults()).toEqual([
    expect.stringMatching(/^proof keys, warning: editor signs its requests, but --proof off takes unsigned ones too/),
  ])
})

const ahead = (milliseconds: number) => () => new Date(Date.now() + milliseconds).toUTCString()

test('what a client answers with that does not do is found out, and nothing else is', async () => {
  const { client, faults } = await deployment()
  const faulty: readonly (readonly [name: string, value: () => string, sentence: RegExp])[] = [
    [
      'Content-Security-Policy',
      () => "frame-ancestors 'none'",
      /^frames, problem: The page of editor may not be shown in a page of PROXY \(its frame-ancestors\): add that origin/,
    ],
    [
      'X-Frame-Options',
      () => 'SAMEORIGIN',
      /^frames, problem: The page of editor may not be shown in a frame \(X-Frame-Options: SAMEORIGIN\)/,
    ],
    ['Date', ahead(600_000), /^clock, problem: The clock of editor is 10 minutes ahead of ours, so proofs are refused/],
    [
      'Date',
      ahead(-180_000),
      /^clock, warning: The clock of editor is 3 minutes behind ours, and proofs are refused once/,
    ],
  ]
  for (const [name, value, sentence] of faulty) {
    client.answerWith((_, res) => {
      res.writeHead(200, { 'Content-Type': 'text/xml', [name]: value() }).end(discoveryXml(client.origin, proofKeys))
    })
    expect.soft(await faults(), name).toEqual([expect.stringMatching(sentence)])
  }
})

test('a client that the host could not read, though it can be read now, is found out', async () => {
  const { client, faults } = await deployment({ document: () => '' })
  client.answerWith(xml(discoveryXml(client.origin, proofKeys)))
  const [fault, ...others] = await faults()
  expect(fault).toMatch(
    /^editor, warning: The host could not read its discovery document when it last tried \(what it answers/,
  )
  expect(others).toEqual([])
})

test('a host that was started without locks or without saving is well as it is', async () => {
  const withoutLocks = await deployment({ config: () => ({ without: ['locks'] }) })
  const findings = await withoutLocks.examine()
  expect(findings).toContainEqual({ about: 'saving', result: 'ok', says: 'A document is saved and read back.' })
  expect(findings.filter(({ result }) => result !== 'ok')).toEqual([])
})

test('a client is told apart from its own machine, and Collabora is asked whether it reaches the host', async () => {
  const { client, faults, examine } = await deployment()
  let says = 'Ok'
  client.answerWith((req, res) => {
    if (req.url === '/hosting/capabilities') res.end('{"hasWopiAccessCheck": true}')
    else if (req.url === '/hosting/wopiAccessCheck') res.end(JSON.stringify({ status: says }))
    else xml(discoveryXml(client.origin, proofKeys))(req, res)
  })
  expect((await examine()).map(({ says }) => says)).toContainEqual(
    expect.stringMatching(/^editor says that it reaches the host at/),
  )
  says = 'WopiHostNotAllowed'
  expect(await faults()).toEqual([
    'way back, problem: editor cannot call the host at PROXY: the host is not on its list of those it may call: add it (aliasgroup1 in its container).',
  ])
})
