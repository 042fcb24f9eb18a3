import type { Guid } from '../binary/guid.ts'
import type { CellSubRequest } from './sub-request.ts'
import { escapeXml, xml } from './xml-element.ts'

/** How sub-requests are wrapped: in nothing, as Office Web Apps does it, or in a SOAP envelope. */
export type EnvelopeForm = 'bare' | 'soap'

const xmlns = 'http://schemas.microsoft.com/sharepoint/soap/'
const soap = 'http://schemas.xmlsoap.org/soap/envelope/'

interface EnvelopeOptions {
  readonly form: EnvelopeForm
  readonly correlationId: Guid
  /** What is said of all sub-requests together. */
  readonly request?: Readonly<Record<string, string>>
}

/** The body of a request: its sub-requests are numbered from 1. */
export function writeEnvelope(
  subRequests: readonly CellSubRequest[],
  { form, correlationId, request: about = {} }: EnvelopeOptions,
): string {
  const version = xml('RequestVersion', { Version: '2', MinorVersion: '2', xmlns })
  const request = xml('Request', { RequestToken: '1', ...about }, subRequests.map(subRequest).join(''))
  const body = version + xml('RequestCollection', { CorrelationId: correlationId, xmlns }, request)
  return form === 'bare' ? body : xml('s:Envelope', { 'xmlns:s': soap }, xml('s:Body', {}, body))
}

function subRequest({ type, data, dependsOn }: CellSubRequest, place: number): string {
  const attributes = {
    Type: type,
    SubRequestToken: String(place + 1),
    DependsOn: dependsOn && String(dependsOn.place + 1),
    DependencyType: dependsOn?.how,
  }
  const content = data ? xml('SubRequestData', data.attributes ?? {}, escapeXml(data.text ?? '')) : ''
  return xml('SubRequest', attributes, content)
}
