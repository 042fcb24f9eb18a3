import { describe, expect, test } from 'vitest'
import {
  type AnswerOptions,
  answerEnvelope,
  cellErrors,
  dependencyErrors,
  type ErrorCode,
  failed,
  genericErrors,
  lockErrors,
  otherErrors,
  readEnvelope,
  serverTime,
  succeeded,
  whoAmI,
  writeRefusal,
} from '../../src/index.ts'
import { bare, body, collection, mtom, mtomType, soap, version } from './bodies.ts'

const ann = { login: 'i:ann', name: 'Ann <A&B>', email: 'ann@example.org', isAnonymous: false, canWrite: true }

const options: AnswerOptions = {
  resourceId: '11111111-2222-3333-4444-555555555555',
  handlers: {
    WhoAmI: whoAmI(ann),
    ServerTime: serverTime(() => 1_700_000_000_000),
    AmIAlone: async () => failed('InvalidCoauthSession', 'nobody is'),
    ExclusiveLock: async () => failed('FileAlreadyLockedOnServer', 'Ann'),
    Cell: async () => succeeded({ attributes: { Etag: '"1"' }, pieces: [Uint8Array.of(1), Uint8Array.of(2, 3)] }),
    Coauth: async () => {
      throw new Error('the disk is gone')
    },
  },
}

async function answerTo(text: string | Uint8Array, contentType = '', more: Partial<AnswerOptions> = {}) {
  const envelope = readEnvelope(typeof text === 'string' ? new TextEncoder().encode(text) : text, contentType)
  return [...(await answerEnvelope(envelope, { ...options, ...more }))].join('')
}

const subRequest = (type: string, token: number, dependency = '') =>
  `<SubRequest Type="${type}" SubRequestToken="${token}" ${dependency}/>`

/** The error codes of the answers to sub-requests, in their order. */
const codesIn = (answer: string) =>
  [...answer.matchAll(/<SubResponse [^>]*?ErrorCode="(\w+)"/g)].map(([, code]) => code)

const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/'
const namespace = 'http://schemas.microsoft.com/sharepoint/soap/'

describe('A body is answered', () => {
  test('in the form in which it came', async () => {
    const inside = bare(subRequest('ServerTime', 5))
    const plain = await answerTo(inside)
    expect(plain).toBe(
      `<ResponseVersion xmlns="${namespace}" Version="2" MinorVersion="2"/><ResponseCollection xmlns="${namespace}"><Response Url="" RequestToken="1" HealthScore="0"><SubResponse SubRequestToken="5" ErrorCode="Success" HResult="0" ServerCorrelationId="3d72888d-0316-4abf-9588-20986f86eb4c"><SubResponseData ServerTime="638355968000000000"/></SubResponse></Response></ResponseCollection>`,
    )
    expect(await answerTo(body(inside))).toBe(`<s:Body xmlns:s="${soapNamespace}">${plain}</s:Body>`)
    const envelope = `<s:Envelope xmlns:s="${soapNamespace}"><s:Body>${plain}</s:Body></s:Envelope>`
    expect(await answerTo(soap(inside))).toBe(envelope)
    expect(await answerTo(mtom(inside, {}), mtomType)).toBe(envelope)
  })

  test('with who asks', async () => {
    expect(await answerTo(bare(subRequest('WhoAmI', 1)))).toContain(
      '<SubResponseData UserLogin="i:ann" UserName="Ann &lt;A&amp;B&gt;" UserEmailAddress="ann@example.org" UserIsAnonymous="false"/>',
    )
  })

  test('with bytes in base64', async () => {
    expect(await answerTo(bare(subRequest('Cell', 1)))).toContain(
      '<SubResponseData Etag="&quot;1&quot;">AQID</SubResponseData>',
    )
  })

  test.each([
    ['of version 1', 'Version="1" MinorVersion="0"'],
    ['of version 3', 'Version="3" MinorVersion="0"'],
    ['of no version', ''],
    ['of a version that is no number', 'Version="2" MinorVersion="x"'],
  ])('with IncompatibleVersion and nothing else where it is %s', async (_, attributes) => {
    const answer = await answerTo(bare(subRequest('WhoAmI', 1)).replace('Version="2" MinorVersion="2"', attributes))
    expect(answer).toMatch(/^<ResponseVersion [^>]*ErrorCode="IncompatibleVersion" ErrorMessage="[^"]+"\/>$/)
  })

  test.each([
    ['0', '2'],
    ['2', '2'],
    ['3', '3'],
    ['4', '3'],
  ])('of minor version %s with version 2.%s', async (asked, answered) => {
    const answer = await answerTo(bare(subRequest('WhoAmI', 1)).replace('MinorVersion="2"', `MinorVersion="${asked}"`))
    expect(answer).toMatch(new RegExp(`^<ResponseVersion [^>]* Version="2" MinorVersion="${answered}"/>`))
  })

  test('with what stays the same for the file, where that is asked for', async () => {
    const ask = (attributes: string) => answerTo(version + collection(subRequest('WhoAmI', 1), attributes))
    const id = options.resourceId
    expect(await ask('RequestToken="1"')).not.toContain('ResourceID')
    expect(await ask('RequestToken="1" UseResourceID="TRUE"')).toContain(`ResourceID="${id}"`)
    expect(await ask(`RequestToken="1" UseResourceID="true" ResourceID="${id}"`)).toContain('ErrorCode="Success"')
    const other = await ask('RequestToken="1" UseResourceID="true" ResourceID="22222222-2222-3333-4444-555555555555"')
    expect(other).toMatch(/<Response [^>]*ErrorCode="ResourceIdDoesNotMatch" ErrorMessage="[^"]+" [^>]*\/>/)
    expect(await ask('RequestToken=""')).toContain('RequestToken="" HealthScore="0"><SubResponse')
    expect(await ask('RequestToken="4294967296"')).toContain('ErrorCode="InvalidArgument"')
    expect(await ask('Url="http://h/a&amp;b" RequestToken="1"')).toContain('Url="http://h/a&amp;b"')
  })

  test('as it would be without what a client says of itself, and of where a new file is to lie', async () => {
    const ask = (attributes: string, inside = '') =>
      answerTo(version + collection(inside + subRequest('WhoAmI', 1), `RequestToken="1" ${attributes}`))
    const said =
      'Interval="20" MetaData="99" UserAgent="11111111-2222-3333-4444-555555555555" UserAgentClient="msword" ' +
      'UserAgentPlatform="wac" Build="15.0.4420" ParentFolderResourceID="11111111-2222-3333-4444-555555555555"'
    const properties = '<GenericProperties><Property Id="a" Value="b"/></GenericProperties>'
    expect(await ask(said, properties)).toBe(await ask(''))
  })

  test('with one answer for each sub-request, and an element for data where the schema demands it', async () => {
    const answer = await answerTo(bare([subRequest('ExclusiveLock', 1), subRequest('AmIAlone', 2)].join('')))
    expect(codesIn(answer)).toEqual(['FileAlreadyLockedOnServer', 'InvalidCoauthSession'])
    expect(answer).toContain(
      'ErrorMessage="Ann" ServerCorrelationId="3d72888d-0316-4abf-9588-20986f86eb4c"><SubResponseData/>',
    )
    expect(answer.match(/SubResponseData/g)).toHaveLength(1)
  })

  test('with what is not known, not supported, or went wrong by the server’s fault', async () => {
    const errors: unknown[] = []
    const ask = ['Unheard', 'Versioning', 'Coauth', 'constructor'].map((type, index) => subRequest(type, index + 1))
    const answer = await answerTo(bare(`${ask.join('')}<SubRequest Type="WhoAmI"/>`), '', {
      onError: (error) => errors.push(error),
    })
    expect(codesIn(answer)).toEqual([
      'InvalidSubRequest',
      'RequestNotSupported',
      'HighLevelExceptionThrown',
      'InvalidSubRequest',
      'InvalidSubRequest',
    ])
    expect(answer).not.toContain('disk')
    expect(errors).toEqual([new Error('the disk is gone')])
  })

  test('up to so many bytes, behind which nothing more is carried out', async () => {
    let asked = 0
    const handlers = {
      Cell: async () => {
        asked++
        return succeeded({ pieces: [new Uint8Array(60)] })
      },
    }
    const body = bare(Array.from({ length: 5 }, (_, index) => subRequest('Cell', index)).join(''))
    const answer = await answerTo(body, '', { handlers, maxAnswer: 100 })
    expect(codesIn(answer)).toEqual(['Success', 'Success', 'SubRequestFail', 'SubRequestFail', 'SubRequestFail'])
    expect(asked).toBe(2)
  })

  test('with a fault where it is refused as a whole', () => {
    expect(writeRefusal('InvalidArgument', 'a <b>')).toContain(
      `<s:Fault><faultcode>s:Client</faultcode><faultstring>a &lt;b&gt;</faultstring><detail><ErrorString xmlns="${namespace}">a &lt;b&gt;</ErrorString><ErrorCode xmlns="${namespace}">InvalidArgument</ErrorCode></detail></s:Fault>`,
    )
  })

  const codes: readonly ErrorCode[] = [
    ...genericErrors,
    ...cellErrors,
    ...dependencyErrors,
    ...lockErrors,
    ...otherErrors,
  ]

  test.each(codes)('with %s', async (code) => {
    const handlers = { Cell: async () => failed(code) }
    expect(codesIn(await answerTo(bare(subRequest('Cell', 1)), '', { handlers }))).toEqual([code])
  })
})

/** How the first of two sub-requests ends. */
const firsts = { succeeds: 'WhoAmI', fails: 'AmIAlone', 'is not supported': 'Versioning', 'is not known': 'Unheard' }

const kept = {
  OnExecute: 'DependentRequestNotExecuted',
  OnSuccess: 'DependentOnlyOnSuccessRequestFailed',
  OnFail: 'DependentOnlyOnFailRequestSucceeded',
  OnNotSupported: 'DependentOnlyOnNotSupportedRequestGetSupported',
  OnSuccessOrNotSupported: 'DependentOnlyOnSuccessRequestFailed',
}

const runs: Readonly<Record<keyof typeof kept, readonly (keyof typeof firsts)[]>> = {
  OnExecute: ['succeeds', 'fails', 'is not supported', 'is not known'],
  OnSuccess: ['succeeds'],
  OnFail: ['fails', 'is not supported', 'is not known'],
  OnNotSupported: ['is not supported', 'is not known'],
  OnSuccessOrNotSupported: ['succeeds', 'is not supported', 'is not known'],
}

const table = (Object.keys(kept) as (keyof typeof kept)[]).flatMap((type) =>
  (Object.keys(firsts) as (keyof typeof firsts)[]).map((first) => [type, first, runs[type].includes(first)] as const),
)

describe('A sub-request that depends on another one', () => {
  test.each(table)('%s, where the other %s: is carried out: %s', async (type, first, isRun) => {
    const asked = [subRequest(firsts[first], 1), subRequest('WhoAmI', 2, `DependsOn="1" DependencyType="${type}"`)]
    expect(codesIn(await answerTo(bare(asked.join(''))))[1]).toBe(isRun ? 'Success' : kept[type])
  })

  test('is not carried out on execution of one that was not carried out either', async () => {
    const asked = [
      subRequest('WhoAmI', 1),
      subRequest('WhoAmI', 2, 'DependsOn="1" DependencyType="OnFail"'),
      subRequest('WhoAmI', 3, 'DependsOn="2" DependencyType="OnExecute"'),
      subRequest('WhoAmI', 4, 'DependsOn="2" DependencyType="OnFail"'),
    ]
    expect(codesIn(await answerTo(bare(asked.join(''))))).toEqual([
      'Success',
      'DependentOnlyOnFailRequestSucceeded',
      'DependentRequestNotExecuted',
      'Success',
    ])
  })

  test.each([
    ['one that is not there', 'DependsOn="9" DependencyType="OnFail"'],
    ['one that comes later', 'DependsOn="2" DependencyType="OnExecute"'],
    ['itself', 'DependsOn="1" DependencyType="OnExecute"'],
    ['nothing known', 'DependsOn="1" DependencyType="toString"'],
    ['something untold', 'DependsOn="1"'],
  ])('is not carried out where that is %s', async (_, dependency) => {
    const asked = [subRequest('WhoAmI', 1, dependency), subRequest('WhoAmI', 2)]
    expect(codesIn(await answerTo(bare(asked.join(''))))).toEqual(['InvalidRequestDependencyType', 'Success'])
  })
})
