import { type Base64Piece, bytesInBase64 } from './base64.ts'
import {
  type Attributes,
  type BodyForm,
  type Envelope,
  EnvelopeError,
  type EnvelopeRequest,
  type EnvelopeSubRequest,
} from './envelope.ts'
import { readMultipart } from './multipart.ts'
import { streamXml, type XmlSink } from './stream-xml.ts'

/** How much of a body is read. */
export interface EnvelopeLimits {
  /** Bytes. */
  readonly maxBytes: number
  readonly maxElements: number
}

/** Enough for a file of 48 MiB in base64. */
export const defaultEnvelopeLimits: EnvelopeLimits = { maxBytes: 65 * 2 ** 20, maxElements: 10_000 }

/** Reads a body in any of its forms. One that is none of cell storage throws an `EnvelopeError`. */
export function readEnvelope(
  body: Uint8Array,
  contentType = '',
  { maxBytes, maxElements }: EnvelopeLimits = defaultEnvelopeLimits,
): Envelope {
  if (body.length > maxBytes) throw new EnvelopeError(`a body has more than ${maxBytes} bytes`)
  const multipart = readMultipart(body, contentType)
  const gathered: Gathered = { requests: [], parts: multipart?.parts ?? new Map() }
  streamXml(multipart?.root ?? body, sinkOf(gathered), maxElements)
  return envelopeOf(gathered, multipart && 'mtom')
}

interface OpenSubRequest extends Omit<EnvelopeSubRequest, 'bytes' | 'attributes' | 'propertyIds'> {
  attributes?: Attributes
  included?: Uint8Array
  readonly text: Base64Piece[]
  readonly propertyIds: string[]
}

interface OpenRequest {
  readonly attributes: Attributes
  readonly subRequests: OpenSubRequest[]
}

/** What has been read of a body so far. */
interface Gathered {
  readonly parts: ReadonlyMap<string, Uint8Array>
  readonly requests: OpenRequest[]
  form?: BodyForm
  version?: Attributes
  collection?: Attributes
}

const currentOf = ({ requests }: Gathered) => requests.at(-1)?.subRequests.at(-1)

/** What elements say, by their paths inside the body. */
const elements = new Map<string, (into: Gathered, attributes: Attributes) => void>(
  Object.entries({
    RequestVersion: (into, attributes) => {
      into.version ??= attributes
    },
    RequestCollection: (into, attributes) => {
      into.collection ??= attributes
    },
    'RequestCollection/Request': ({ requests }, attributes) => {
      requests.push({ attributes, subRequests: [] })
    },
    'RequestCollection/Request/SubRequest': ({ requests }, attributes) => {
      requests.at(-1)?.subRequests.push(opened(attributes))
    },
    'RequestCollection/Request/SubRequest/SubRequestData': (into, attributes) => {
      const current = currentOf(into)
      if (current) current.attributes ??= attributes
    },
    'RequestCollection/Request/SubRequest/SubRequestData/Include': (into, { href = '' }) => {
      const current = currentOf(into)
      if (current) current.included ??= included(into, href)
    },
    'RequestCollection/Request/SubRequest/SubRequestData/PropertyIds/PropertyId': (into, { id = '' }) => {
      currentOf(into)?.propertyIds.push(id)
    },
  } satisfies Record<string, (into: Gathered, attributes: Attributes) => void>),
)

const dataPath = 'RequestCollection/Request/SubRequest/SubRequestData'

/** What a body is, by the element that it begins with. */
const forms = new Map<string, BodyForm>([
  ['Envelope', 'soap'],
  ['Body', 'body'],
  ['RequestVersion', 'bare'],
  ['RequestCollection', 'bare'],
])

/** A path without what stands around the two elements of a body. */
function insideBody(path: readonly string[]): string {
  const outside = path[0] === 'Envelope' ? (path[1] === 'Body' ? 2 : 0) : path[0] === 'Body' ? 1 : 0
  return path.slice(outside).join('/')
}

const sinkOf = (into: Gathered): XmlSink => ({
  open(path, attributes) {
    const form = into.form ?? forms.get(path[0] ?? '')
    if (!form) throw new EnvelopeError(`a body of cell storage does not begin with <${path[0]?.slice(0, 40)}>`)
    into.form = form
    elements.get(insideBody(path))?.(into, attributes)
  },
  text(path, text) {
    if (path.length >= 4 && insideBody(path) === dataPath) currentOf(into)?.text.push(text)
  },
})

function included({ parts }: Gathered, href: string): Uint8Array {
  const name = href.replace(/^cid:/i, '')
  const part = parts.get(name) ?? parts.get(decoded(name))
  if (!part) throw new EnvelopeError(`a body includes a part that it does not have: ${href.slice(0, 100)}`)
  return part
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function envelopeOf({ form = 'bare', version, collection, requests }: Gathered, received?: BodyForm): Envelope {
  if (!collection) throw new EnvelopeError('a body has no RequestCollection')
  const correlationId = collection['CorrelationId']
  if (correlationId === undefined) throw new EnvelopeError('a RequestCollection has no CorrelationId')
  return { form: received ?? form, ...(version && { version }), correlationId, requests: requests.map(closed) }
}

const opened = ({ Type = '', SubRequestToken = '', DependsOn, DependencyType }: Attributes): OpenSubRequest => ({
  type: Type,
  token: SubRequestToken,
  ...(DependsOn !== undefined && { dependsOn: DependsOn }),
  ...(DependencyType !== undefined && { dependencyType: DependencyType }),
  text: [],
  propertyIds: [],
})

const closed = ({ attributes, subRequests }: OpenRequest): EnvelopeRequest => ({
  attributes,
  subRequests: subRequests.map(({ text, included, ...subRequest }) => {
    const bytes = included ?? bytesInBase64(text)
    return { ...subRequest, ...(bytes && { bytes }) }
  }),
})
