import { describe, expect, test } from 'vitest'
import { EnvelopeError, readEnvelope } from '../../src/index.ts'
import * as vectors from '../vectors.ts'
import { bare, body, collection, mtom, mtomType, soap, version } from './bodies.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const message = Uint8Array.from(Buffer.from(vectors.queryChanges, 'base64'))

const cell = (inside: string) =>
  `<SubRequest Type="Cell" SubRequestToken="7"><SubRequestData BinaryDataSize="3" PartitionID="x">${inside}</SubRequestData></SubRequest>`

const xop = '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:cells%40here"/>'

const expected = {
  correlationId: '3d72888d-0316-4abf-9588-20986f86eb4c',
  version: { Version: '2', MinorVersion: '2' },
  requests: [
    {
      attributes: { RequestToken: '1' },
      subRequests: [
        {
          type: 'Cell',
          token: '7',
          attributes: { BinaryDataSize: '3', PartitionID: 'x' },
          bytes: Buffer.from(message),
          propertyIds: [],
        },
      ],
    },
  ],
}

describe('A body', () => {
  test.each([
    ['without one element around all', 'bare', bare(cell(vectors.queryChanges))],
    ['in a Body', 'body', body(bare(cell(vectors.queryChanges)))],
    ['in a SOAP envelope', 'soap', soap(bare(cell(vectors.queryChanges)))],
    ['with a byte order mark', 'soap', `\ufeff${soap(bare(cell(vectors.queryChanges)))}`],
    ['with its base64 in lines', 'bare', bare(cell(`\r\n${vectors.queryChanges.replace(/.{20}/g, '$&\r\n  ')}`))],
    ['with its base64 in CDATA', 'bare', bare(cell(`<![CDATA[${vectors.queryChanges}]]>`))],
    ['with prefixes of its own', 'bare', bare(cell(vectors.queryChanges)).replace(/<(\/?)Sub/g, '<$1tns:Sub')],
  ] as const)('is read %s', (_, form, text) => {
    expect(readEnvelope(bytesOf(text))).toEqual({ form, ...expected })
  })

  test('is read in several parts, whether HTTP says so, or a header in it, or nothing', () => {
    const parts = mtom(bare(cell(xop)), { 'cells@here': message })
    const inBody = Buffer.concat([bytesOf(`MIME-Version: 1.0\r\nContent-Type: ${mtomType}\r\n\r\n`), parts])
    for (const [bytes, type] of [
      [parts, mtomType],
      [parts, ''],
      [parts, 'text/xml'],
      [inBody, ''],
    ] as const) {
      const read = readEnvelope(bytes, type)
      expect(read).toMatchObject({ form: 'mtom', correlationId: expected.correlationId })
      expect(Buffer.from(read.requests[0]?.subRequests[0]?.bytes ?? [])).toEqual(Buffer.from(message))
    }
  })

  test('is read as a word processor sent it: with no address of a file, and a token of 0', () => {
    const text =
      version +
      collection(cell(vectors.wordUpdate), 'UseResourceID="true" UserAgent="{x}" RequestToken="0" MetaData="99"')
    expect(readEnvelope(bytesOf(text)).requests).toMatchObject([
      { attributes: { RequestToken: '0', MetaData: '99' }, subRequests: [{ type: 'Cell' }] },
    ])
  })

  test('is read with everything that a sub-request may say', () => {
    const text = bare(
      '<SubRequest Type="Properties" SubRequestToken="2" DependsOn="1" DependencyType="OnFail"><SubRequestData Properties="PropertyGet"><PropertyIds><PropertyId id="a"/><PropertyId id="b"/></PropertyIds></SubRequestData></SubRequest><SubRequest Type="WhoAmI" SubRequestToken="3"/>',
    )
    expect(readEnvelope(bytesOf(text)).requests[0]?.subRequests).toEqual([
      {
        type: 'Properties',
        token: '2',
        dependsOn: '1',
        dependencyType: 'OnFail',
        attributes: { Properties: 'PropertyGet' },
        propertyIds: ['a', 'b'],
      },
      { type: 'WhoAmI', token: '3', propertyIds: [] },
    ])
  })
})

const deep = (depth: number) => version + collection(`${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`)

describe('A body is refused', () => {
  test.each([
    ['that is empty', ''],
    ['that is no XML', 'Hello'],
    ['that is not well formed', `${version}<RequestCollection`],
    ['whose elements do not end', bare('<SubRequest>')],
    ['that begins with another element', '<html/>'],
    ['that begins with the name of what every object has', '<constructor/>'],
    ['without a collection', version],
    ['without a correlation ID', bare('').replace(/CorrelationId="[^"]*"/, '')],
    ['with a DOCTYPE', `<!DOCTYPE a [<!ENTITY b "c">]>${bare('')}`],
    ['with entities that are declared nowhere', bare('<SubRequest Type="&lol;"/>')],
    ['with a DOCTYPE behind a declaration', soap(bare('')).replace('?>', '?><!DOCTYPE a>')],
    ['10,000 deep', deep(10_000)],
    ['with a million elements', bare('<a/>'.repeat(1_000_000))],
    ['with a hundred attributes', bare(`<a ${Array.from({ length: 100 }, (_, i) => `a${i}=""`).join(' ')}/>`)],
    ['with an attribute of a megabyte', bare(`<a b="${'c'.repeat(1_000_000)}"/>`)],
    ['that includes what it does not have', bare(cell(xop))],
  ])('%s', (_, text) => {
    expect(() => readEnvelope(bytesOf(text))).toThrow(EnvelopeError)
  })

  test('that is not UTF-8, or larger than may be read', () => {
    expect(() => readEnvelope(Uint8Array.from([...bytesOf('<RequestVersion a="'), 0xff, 0xfe]))).toThrow(EnvelopeError)
    const text = bytesOf(bare(''))
    expect(() => readEnvelope(text, '', { maxBytes: text.length, maxElements: 10 })).not.toThrow()
    expect(() => readEnvelope(text, '', { maxBytes: text.length - 1, maxElements: 10 })).toThrow(EnvelopeError)
  })

  test('of 100 MB, or of markup alone that is as long as any body may be', () => {
    expect(() => readEnvelope(new Uint8Array(100 * 2 ** 20).fill(0x20))).toThrow('has more than')
    const markup = Buffer.concat([bytesOf('<RequestVersion'), Buffer.alloc(60 * 2 ** 20, ' ')])
    expect(() => readEnvelope(markup)).toThrow('of markup and short texts')
  })

  test.each([
    ['with no boundary', 'multipart/related; boundary=other'],
    ['with an empty boundary', 'multipart/related; boundary=""'],
    ['that do not end', 'multipart/related; boundary=uuid:1'],
  ])('of several parts %s', (name, type) => {
    const bytes = mtom(bare(''), {})
    const sent = name === 'that do not end' ? bytes.subarray(0, 40) : bytes
    if (type.endsWith('""')) expect(readEnvelope(sent, type).form).toBe('mtom')
    else expect(() => readEnvelope(sent, type)).toThrow(EnvelopeError)
  })

  test('or read when any byte of several parts is another', () => {
    const bytes = mtom(bare(cell(xop)), { 'cells@here': message })
    for (let at = 0; at < bytes.length; at++) {
      for (const value of [0, 0x2d, 0x0a, 0xff]) {
        const changed = Uint8Array.from(bytes)
        changed[at] = value
        try {
          readEnvelope(changed, mtomType)
        } catch (error) {
          expect(error).toBeInstanceOf(EnvelopeError)
        }
      }
    }
  })
})
