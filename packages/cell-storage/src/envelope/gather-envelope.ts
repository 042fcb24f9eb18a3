import { type Base64Reader, base64Reader } from './base64.ts'
import {
  type Attributes,
  type BodyForm,
  type Envelope,
  EnvelopeError,
  type EnvelopeRequest,
  type EnvelopeSubRequest,
} from './envelope.ts'
import type { XmlSink } from './stream-xml.ts'

interface OpenSubRequest extends Omit<EnvelopeSubRequest, 'bytes' | 'attributes' | 'propertyIds'> {
  attributes?: Attributes
  /** What of the body is its data. */
  href?: string
  text?: Base64Reader
  readonly propertyIds: string[]
}

interface OpenRequest {
  readonly attributes: Attributes
  readonly subRequests: OpenSubRequest[]
}

/** What has been read of a body so far. */
export interface Gathered {
  /** What its XML may include, by its `Content-ID`. */
  readonly parts: Map<string, Uint8Array>
  readonly requests: OpenRequest[]
  /** How many bytes are still to come at most, as far as is known. */
  readonly toCome: () => number
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
      if (current) current.href ??= href
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

/** Takes in the XML of a body. */
export const sinkOf = (into: Gathered): XmlSink => ({
  open(path, attributes) {
    const form = into.form ?? forms.get(path[0] ?? '')
    if (!form) throw new EnvelopeError(`a body of cell storage does not begin with <${path[0]?.slice(0, 40)}>`)
    into.form = form
    elements.get(insideBody(path))?.(into, attributes)
  },
  text(path, text) {
    const current = path.length >= 4 && insideBody(path) === dataPath ? currentOf(into) : undefined
    if (!current) return
    current.text ??= base64Reader(() => (into.toCome() / 4) * 3)
    current.text.take(text)
  },
})

function included(parts: Gathered['parts'], href: string): Uint8Array {
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

/** The body, once all of it has been read. `received`: its form, if that is not told by its XML. */
export function envelopeOf(gathered: Gathered, received?: BodyForm): Envelope {
  const { form = 'bare', version, collection, requests, parts } = gathered
  if (!collection) throw new EnvelopeError('a body has no RequestCollection')
  const correlationId = collection['CorrelationId']
  if (correlationId === undefined) throw new EnvelopeError('a RequestCollection has no CorrelationId')
  const closedRequests = requests.map((request) => closed(request, parts))
  return { form: received ?? form, ...(version && { version }), correlationId, requests: closedRequests }
}

const opened = ({ Type = '', SubRequestToken = '', DependsOn, DependencyType }: Attributes): OpenSubRequest => ({
  type: Type,
  token: SubRequestToken,
  ...(DependsOn !== undefined && { dependsOn: DependsOn }),
  ...(DependencyType !== undefined && { dependencyType: DependencyType }),
  propertyIds: [],
})

const closed = ({ attributes, subRequests }: OpenRequest, parts: Gathered['parts']): EnvelopeRequest => ({
  attributes,
  subRequests: subRequests.map(({ text, href, ...subRequest }) => {
    const bytes = href === undefined ? text?.end() : included(parts, href)
    return { ...subRequest, ...(bytes && { bytes }) }
  }),
})
