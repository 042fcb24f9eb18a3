import { type Answer, textOf, wordsOf } from '../answer.ts'
import { CheckFailed, expectStatus, expectThat } from '../findings.ts'
import type { How, Target } from '../target.ts'
import { docs, shown } from '../words.ts'

/** What all checks of cell storage are about. */
export const about = {
  group: 'cells',
  covers: ['executeCellStorageRequest'],
  promised: ['SupportsCobalt'],
  spec: docs.openspecs,
} as const

const namespace = 'http://schemas.microsoft.com/sharepoint/soap/'

/** A sub-request, as it stands in a body. `data`: attributes of its data. */
export interface Asked {
  readonly type: string
  readonly data?: Readonly<Record<string, string>>
  readonly base64?: string
}

const written = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`)
    .join('')

const subRequest = ({ type, data, base64 = '' }: Asked, index: number): string =>
  `<SubRequest Type="${type}" SubRequestToken="${index + 1}">${data ? `<SubRequestData${written(data)}>${base64}</SubRequestData>` : ''}</SubRequest>`

/** A body as Office Web Apps sends it: two elements, and none around them. */
export const bareBody = (asked: readonly Asked[], version = '2', request = 'RequestToken="1"'): string =>
  `<RequestVersion Version="${version}" MinorVersion="2" xmlns="${namespace}"/>` +
  `<RequestCollection CorrelationId="3d72888d-0316-4abf-9588-20986f86eb4c" xmlns="${namespace}">` +
  `<Request ${request}>${asked.map(subRequest).join('')}</Request></RequestCollection>`

/** The same in a SOAP envelope. */
export const soapBody = (asked: readonly Asked[]): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${bareBody(asked)}</s:Body></s:Envelope>`

/** A sub-request about cells. */
export const cells = (base64: string, data: Readonly<Record<string, string>> = {}): Asked => ({
  type: 'Cell',
  data: { BinaryDataSize: String(base64.length), ...data },
  base64,
})

/** Asks for everything that the content of a file is. */
export const queryChanges = cells(
  'DAALAJzPKfM5lAabBgIAAO4CAACqAiAAfrgx50XdqkSrgAx1+9FTDnoCCACUKaEPdwEWAgYAAwUAigIEAAgA2gIGAAMAAAsBAwE=',
)

/** What the file is once `putHello` is done. */
export const hello = 'Hello, cell storage!'

/** Makes a file what `hello` is, whatever it was. */
export const putHello = cells(
  [
    'DAALAJzPKfM5lAabBgIAAO4CAACqAiAAfrgx50XdqkSrgAx1+9FTDnoCCACUKaEPdwEWAgYAAwsA0gJSAJSNiHI9FgO/SpWIIJhvhutMAEgDAA',
    'UJcwB0AHIAMQAJcwB0AHIAMgAACwGsAgAMViyP6xXTwHpHRbLdwgkyqDbzgGw6y+sgiqFMr0/AdoRbAS4GAAAAAAAAAAvsAMAqFIpePbX+3u5F',
    'q1xEVjBX1hMDKQAAdfQAsEgDHHEXY71W2qFDikTKO5EBan0AIQQBCAMAEBEUAAAAAAAAAIF5BQxWPAHsBSKF8dVHhD5bzYzqxjKApN71Hemx/0',
    '2jEhs0t0coWwgAAAAAAAAAC+wAwCoccRdjvVbaoUOKRMo7kQFqfQMpAADAKiTIms8DSlngQ6aoIeuPEdi1AykDAHX0ALBoAyTIms8DSlngQ6ao',
    'IeuPEdi1AEH8AAgjIfLR4MfXCoEX/46ZJ3UNVHMQERQAAAAAAAAAfbAuAAApSGVsbG8sIGNlbGwgc3RvcmFnZSF5BQxWTDtKK2Ysz2tJqSA7sn',
    'cgOV2AdS2c+i0fFkuiVu14JwqBYQoAAAAAAAAACdAkDLjcVCz5Sz5LmX1ihwUX1CQAUEQUufrehKOqDUqjqFIMd6xwcxSKXj21/t7uRatcRFYw',
    'V9YTyCIsj+sV08B6R0Wy3cIJMqg288giPAHsBSKF8dVHhD5bzYzqxjIFDFZcRN38SMKpW0G76JHQH4lTRYBwbbgYCwE5S68gWyui9ujKDAAAAA',
    'AAAAAHWCIMuNxULPlLPkuZfWKHBRfUJAUMVmyj7yR2YEsLRK1BnKQW6KXFgLfyvnTz1PBGiuf4AhN3KcUOAAAAAAAAAAVgIJQzuQ4dV+lBqtOI',
    'DZLTGVU4ZhS5+t6Eo6oNSqOoUgx3rHBzDLn63oSjqg1Ko6hSDHescHMMZUYqb8hCx0a6tOKP3OHjKwUMVpSNiHI9FgO/SpWIIJhvhutMgBwSUX',
    'E83IxCgcXi8uRyxJcTAAAAAAAAAAOIVGyj7yR2YEsLRK1BnKQW6KXFgCxrQ5kvUTpGuQs2IhwgjV8PAAAAAAAAAHCYDLn63oSjqg1Ko6hSDHes',
    'cHMMZUYqb8hCx0a6tOKP3OHjK1xE3fxIwqlbQbvokdAfiVNFgO91jqaIBiFOlQvKYlsXWEYQAAAAAAAAAGh2DLjcVCz5Sz5LmX1ihwUX1CRMO0',
    'orZizPa0mpIDuydyA5XYB+EJWE5421RrIiCBAXwRH5EQAAAAAAAAAFVQMB',
  ].join(''),
)

/** A sub-request of an answer: what of it decides checks. */
export interface Answered {
  readonly token: string | undefined
  readonly errorCode: string | undefined
  readonly errorMessage: string | undefined
  /** Of its data. */
  readonly data: Readonly<Record<string, string>>
  readonly base64: string
}

/** What came for each sub-request, in the order of the answer. An answer that is not read as one fails the check. */
export function answeredIn(answer: Answer): Answered[] {
  const text = textOf(answer)
  const found = [...text.matchAll(/<(?:\w+:)?SubResponse((?:\s[^>]*?)?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?SubResponse>)/g)]
  if (found.length === 0) throw new CheckFailed('a SubResponse', text.slice(0, 200) || 'an empty body')
  return found.map(([, attributes = '', inside = '']) => {
    const own = attributesIn(attributes)
    const [, data = '', base64 = ''] = /<(?:\w+:)?SubResponseData((?:\s[^>]*?)?)(?:\/>|>([^<]*))/.exec(inside) ?? []
    return {
      token: own['SubRequestToken'],
      errorCode: own['ErrorCode'],
      errorMessage: own['ErrorMessage'],
      data: attributesIn(data),
      base64: base64.replace(/\s/g, ''),
    }
  })
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const attributesIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = '', double, single]) => [
      name,
      (double ?? single ?? '').replace(/&(\w+);/g, (whole, entity: string) => entities[entity] ?? whole),
    ]),
  )

/** The name of the element that an answer begins with, without its prefix. */
export const firstElement = (answer: Answer): string | undefined =>
  /^\s*(?:<\?xml[^>]*\?>)?\s*<(?:\w+:)?(\w+)/.exec(textOf(answer).replace(/^\ufeff/, ''))?.[1]

/** Sends sub-requests to a file. */
export const sendCells = (target: Target, asked: readonly Asked[], how: How = {}): Promise<Answer> =>
  target.ask('executeCellStorageRequest', {}, { body: bareBody(asked), ...how })

/** What came of one sub-request that should have been answered. */
export async function one(target: Target, asked: Asked): Promise<Answered> {
  const answer = await sendCells(target, [asked])
  expectStatus(answer, [200])
  return onlyIn(answer)
}

/** The only answer that there should be. */
export function onlyIn(answer: Answer): Answered {
  const [first] = answeredIn(answer)
  if (!first) throw new CheckFailed('a SubResponse', wordsOf(answer))
  return first
}

/** Fails the check unless a sub-request ended so. */
export const expectCode = ({ errorCode }: Answered, codes: readonly string[]) =>
  expectThat(codes.includes(errorCode ?? ''), `ErrorCode ${codes.join(' or ')}`, `ErrorCode ${shown(errorCode)}`)
