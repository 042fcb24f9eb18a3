import { type BodyReader, bodyReader } from './body-reader.ts'
import { type Envelope, EnvelopeError } from './envelope.ts'
import { envelopeOf, type Gathered, sinkOf } from './gather-envelope.ts'
import { inSlices } from './in-slices.ts'
import { streamXml } from './stream-xml.ts'

/** How much of a body is read. */
export interface EnvelopeLimits {
  /** Bytes. */
  readonly maxBytes: number
  readonly maxElements: number
}

/** Enough for a file of 48 MiB in base64. */
export const defaultEnvelopeLimits: EnvelopeLimits = { maxBytes: 65 * 2 ** 20, maxElements: 10_000 }

/** How a body comes. */
export interface EnvelopeForm {
  /** As HTTP has it. Absent: it is seen from the body. */
  readonly contentType?: string
  /** How many bytes it has, so that memory for them is asked for once. Absent: it is not known. */
  readonly size?: number
  readonly limits?: EnvelopeLimits
}

/** Reads a body that comes piece by piece. What cannot become one of cell storage is an `EnvelopeError` as soon as it is seen. */
export interface EnvelopeReader {
  /** A chunk is looked at before this returns, and not kept. */
  write(chunk: Uint8Array): void
  end(): Envelope
}

/** Small enough for others to have their turn between two of them, and large enough for long texts to stand out. Bytes. */
const sliceSize = 64 * 1024

/** Begins to read a body in any of its forms. */
export function envelopeReader({
  contentType = '',
  size = 0,
  limits: { maxBytes, maxElements } = defaultEnvelopeLimits,
}: EnvelopeForm = {}): EnvelopeReader {
  let seen = 0
  const toCome = () => Math.max(0, Math.min(size, maxBytes) - seen)
  const gathered: Gathered = { requests: [], parts: new Map(), toCome }
  const xml = streamXml(sinkOf(gathered), maxElements)
  let body: BodyReader | undefined

  const slices = inSlices(sliceSize, (slice) => {
    body ??= bodyReader(slice, { contentType, xml, gathered })
    if (seen + slice.length > maxBytes) throw new EnvelopeError(`a body has more than ${maxBytes} bytes`)
    body.write(slice)
    seen += slice.length
  })

  return {
    write: slices.write,
    end() {
      slices.end()
      body?.end()
      xml.end()
      return envelopeOf(gathered, body?.form)
    },
  }
}

/** Reads a body that is all there. */
export function readEnvelope(body: Uint8Array, contentType?: string, limits?: EnvelopeLimits): Envelope {
  const form = { ...(contentType !== undefined && { contentType }), ...(limits && { limits }) }
  const reader = envelopeReader({ ...form, size: body.length })
  reader.write(body)
  return reader.end()
}
