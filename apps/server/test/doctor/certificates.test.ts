import { expect, test, vi } from 'vitest'

import { type CertificateOptions, certificateAuthority } from './certificate-authority.ts'
import { deployment, good } from './deployment.ts'

vi.setConfig({ testTimeout: 300_000 })

const adds = { ...good.adds, 'X-Forwarded-Proto': 'https' }

test('what is wrong with a certificate is found out, and nothing else is', async () => {
  const authority = await certificateAuthority()
  const faulty: readonly (readonly [
    options: CertificateOptions,
    ca: readonly string[],
    sentence: RegExp | undefined,
  ])[] = [
    [{}, [authority.certificate], undefined],
    [
      { days: -1 },
      [authority.certificate],
      /^certificate, problem: The certificate of localhost ran out on \d{4}-\d\d-\d\d: renew it\.$/,
    ],
    [
      { days: 5 },
      [authority.certificate],
      /^certificate, warning: The certificate of localhost runs out on \S+: renew it now/,
    ],
    [
      { name: 'files.example.org' },
      [authority.certificate],
      /^certificate, problem: The certificate of localhost is one for files\.example\.org: get one for localhost/,
    ],
    [
      { isSelfSigned: true },
      [authority.certificate],
      /^certificate, problem: The certificate of localhost is signed by itself/,
    ],
    [
      { isFromBetween: true },
      [authority.certificate],
      /^certificate, problem: localhost sends its certificate without the one of the authority in between \(Test Between\): .*fullchain\.pem\.$/,
    ],
  ]
  for (const [options, ca, sentence] of faulty) {
    const tls = await authority.make(options)
    const { proxy, faults } = await deployment({
      manners: { adds, tls },
      config: ({ proxy }) => ({ publicUrl: proxy }),
    })
    proxy.behave({ adds })
    const found = (await faults({ ca })).filter((fault) => !fault.includes('http addresses'))
    expect.soft(found, JSON.stringify(options)).toEqual(sentence ? [expect.stringMatching(sentence)] : [])
  }
})

test('a whole chain is well, and one of an authority that is not known is not', async () => {
  const authority = await certificateAuthority()
  const { key, cert } = await authority.make({ isFromBetween: true })
  const chain = `${cert}${authority.between}`
  const whole = await deployment({ manners: { adds, tls: { key, cert: chain } } })
  const found = await whole.examine({ ca: [authority.certificate] })
  expect(found).toContainEqual(expect.objectContaining({ about: 'certificate', result: 'ok' }))
  expect(found).toContainEqual(expect.objectContaining({ about: 'saving', result: 'ok' }))

  const unknown = await deployment({ manners: { adds, tls: { key, cert: `${chain}${authority.certificate}` } } })
  const faults = await unknown.faults()
  expect(faults[0]).toMatch(
    /^certificate, problem: The certificate of localhost comes from an authority that this machine does not know/,
  )
  const findings = await unknown.examine()
  expect(findings).toContainEqual({
    about: 'saving',
    result: 'untested',
    says: 'Not tried, because of the certificate.',
  })
})

test('a client whose addresses browsers do not load in a page of https is found out', async () => {
  const authority = await certificateAuthority()
  const { faults } = await deployment({ manners: { adds, tls: await authority.make() } })
  expect(await faults({ ca: [authority.certificate] })).toEqual([
    'editor, problem: It gives browsers http addresses (CLIENT), which they do not load inside a page of https: have it give https addresses.',
  ])
})

test('a proxy that does not say that browsers come by https is found out', async () => {
  const authority = await certificateAuthority()
  const { proxy, faults } = await deployment({
    manners: { tls: await authority.make() },
  })
  const options = { ca: [authority.certificate] }
  const sentences = async () => (await faults(options)).filter((fault) => fault.startsWith('proxy'))
  expect(await sentences()).toEqual([
    expect.stringMatching(
      /^proxy, warning: The proxy does not say for whom it asks, .* X-Forwarded-For and X-Forwarded-Proto, .* --trusted-proxy 127\.0\.0\.1\.$/,
    ),
  ])
  proxy.behave({ adds: { 'X-Forwarded-For': '192.0.2.7' } })
  expect(await sentences()).toEqual([
    expect.stringMatching(
      /^proxy, warning: The proxy does not say that browsers come by https: have it send X-Forwarded-Proto/,
    ),
  ])
  proxy.behave({ adds })
  expect(await sentences()).toEqual([])
})
