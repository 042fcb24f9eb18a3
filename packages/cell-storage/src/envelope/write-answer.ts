import type { SubAnswer } from './answer.ts'
import { base64Of } from './base64.ts'
import type { BodyForm } from './envelope.ts'
import type { ErrorCode } from './error-codes.ts'
import { isSubRequestType, subRequestTypes } from './sub-request-types.ts'
import { type XmlElement, xmlElement, xmlPieces } from './xml-element.ts'

/** The answer to one sub-request, with what of it is said again. */
export interface SubResponseAnswer {
  readonly type: string
  readonly token: string
  readonly answer: SubAnswer
}

/** The answer to a request: what its sub-requests came to, or why they were not looked at. */
export interface ResponseAnswer {
  readonly attributes: Readonly<Record<string, string | undefined>>
  readonly subResponses: readonly SubResponseAnswer[]
}

/** The answer to a body. */
export interface EnvelopeAnswer {
  readonly form: BodyForm
  /** Of version 2, in which it is answered. */
  readonly minorVersion: number
  readonly correlationId: string
  /** Why none of the requests was looked at. */
  readonly refusal?: { readonly errorCode: ErrorCode; readonly errorMessage: string }
  /** Where the server is. */
  readonly webUrl?: string
  readonly responses: readonly ResponseAnswer[]
}

const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
const namespace = 'http://schemas.microsoft.com/sharepoint/soap/'
/** E_FAIL, as a signed number. */
const failure = -2147467259

/** The text of an answer, in the form in which its request came, in pieces that are made as they are asked for. */
export function writeAnswer({
  form,
  minorVersion,
  correlationId,
  refusal,
  webUrl,
  responses,
}: EnvelopeAnswer): Iterable<string> {
  const version = xmlElement('ResponseVersion', {
    xmlns: namespace,
    Version: '2',
    MinorVersion: String(minorVersion),
    ErrorCode: refusal?.errorCode,
    ErrorMessage: refusal?.errorMessage,
  })
  const collection = xmlElement(
    'ResponseCollection',
    { xmlns: namespace, WebUrl: webUrl },
    responses.map((response) => responseElement(response, correlationId)),
  )
  return inForm(form, refusal ? [version] : [version, collection])
}

/** The text that refuses a body as a whole. */
export function writeRefusal(errorCode: ErrorCode, errorMessage: string): string {
  const detail = xmlElement('detail', {}, [
    xmlElement('ErrorString', { xmlns: namespace }, [errorMessage]),
    xmlElement('ErrorCode', { xmlns: namespace }, [errorCode]),
  ])
  const fault = xmlElement('s:Fault', {}, [
    xmlElement('faultcode', {}, ['s:Client']),
    xmlElement('faultstring', {}, [errorMessage]),
    detail,
  ])
  return [...inForm('soap', [fault])].join('')
}

function* inForm(form: BodyForm, elements: readonly XmlElement[]): Generator<string> {
  const declared = { 'xmlns:s': soap }
  if (form === 'bare') for (const element of elements) yield* xmlPieces(element)
  else if (form === 'body') yield* xmlPieces(xmlElement('s:Body', declared, elements))
  else yield* xmlPieces(xmlElement('s:Envelope', declared, [xmlElement('s:Body', {}, elements)]))
}

const responseElement = ({ attributes, subResponses }: ResponseAnswer, correlationId: string): XmlElement =>
  xmlElement(
    'Response',
    { ...attributes, HealthScore: '0' },
    subResponses.map((each) => subResponseElement(each, correlationId)),
  )

function subResponseElement({ type, token, answer }: SubResponseAnswer, correlationId: string): XmlElement {
  const { errorCode, errorMessage, hresult = errorCode === 'Success' ? 0 : failure } = answer
  const attributes = {
    SubRequestToken: token,
    ErrorCode: errorCode,
    HResult: String(hresult),
    ErrorMessage: errorMessage,
    ServerCorrelationId: correlationId,
  }
  return xmlElement('SubResponse', attributes, [...dataElements(type, answer), ...(answer.beside ?? [])])
}

function dataElements(type: string, { errorCode, attributes, pieces, children }: SubAnswer): readonly XmlElement[] {
  const row = isSubRequestType(type) ? subRequestTypes[type] : undefined
  const isDue = errorCode === 'Success' ? row?.hasDataOnSuccess : row?.hasDataOnFailure
  if (!isDue && !attributes && !pieces && !children) return []
  return [xmlElement('SubResponseData', attributes, pieces ? [{ letters: () => base64Of(pieces) }] : (children ?? []))]
}
