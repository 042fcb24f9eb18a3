import { expect, test, vi } from 'vitest'
import { discoveryXml, xml } from '../fake-client.ts'
import { deployment, proofKeys } from './deployment.ts'

vi.setConfig({ testTimeout: 300_000 })

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

test('a client that does not open documents is found out', async () => {
  const { client, faults } = await deployment()
  client.answerWith((req, res) => {
    if (req.method === 'POST') res.writeHead(502).end()
    else xml(discoveryXml(client.origin, proofKeys))(req, res)
  })
  expect(await faults()).toEqual([
    'editor, problem: It answers with status 502 when a document is opened, most often as it cannot reach the host at PROXY: see its log.',
  ])
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
