import { EnvelopeError } from './envelope.ts'
import { partReader } from './part-reader.ts'

/** How the parts of a body are told apart, as MTOM has it. */
export interface MultipartForm {
  readonly boundary: string
  /** The id of the part with the XML. Absent: it is the first one. */
  readonly start?: string
}

/** Takes in the part with the XML, and the other ones. */
export interface MultipartSink {
  root(bytes: Uint8Array): void
  /** `id`: its `Content-ID`, without brackets. */
  part(id: string, content: Uint8Array): void
}

/** Reads a body of several parts that comes slice by slice. One that is none is an `EnvelopeError`. */
export interface MultipartReader {
  write(slice: Uint8Array): void
  end(): void
}

const mostParts = 256
/** Where a body says what it is, in bytes from its beginning. */
const longestHeader = 16 * 1024

const textOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/** A parameter of a header, such as `boundary` of `multipart/related; boundary="x"`. */
const parameter = (header: string, name: string): string | undefined => {
  const found = new RegExp(`[;\\s]${name}=(?:"([^"]*)"|([^;\\s"]+))`, 'i').exec(header)
  return found?.[1] ?? found?.[2]
}

/** The boundary that a body says it has: in a header of HTTP, in one that stands in the body itself, or by its first line. */
function boundaryOf(beginning: string, contentType: string): string | undefined {
  const said = parameter(contentType, 'boundary')
  if (said) return said
  const inBody = /^\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+/.exec(beginning)?.[0]
  const header = inBody && /multipart\/related/i.test(inBody) ? parameter(inBody, 'boundary') : undefined
  return header ?? /^\s*--([^\s"<>]{1,70})\r?\n/.exec(beginning)?.[1]
}

/** The parts that a body has, as its beginning and its type tell. `undefined`: it is one piece. */
export function multipartForm(first: Uint8Array, contentType: string): MultipartForm | undefined {
  const isSaid = /^\s*multipart\//i.test(contentType)
  const beginning = textOf(first.subarray(0, longestHeader))
  const letters = beginning.slice(0, 64).trimStart()
  if (!isSaid && (letters === '' || letters.startsWith('<') || letters.startsWith('ï»¿<'))) return undefined
  const boundary = boundaryOf(beginning, contentType)
  if (boundary === undefined) return undefined
  const start = parameter(contentType, 'start')?.replace(/^<|>$/g, '')
  return { boundary, ...(start !== undefined && { start }) }
}

/** `toCome`: how many bytes are still to come at most, as far as is known. */
export function multipartReader(
  { boundary, start }: MultipartForm,
  sink: MultipartSink,
  toCome?: () => number,
): MultipartReader {
  const mark = Buffer.from(`--${boundary}`, 'latin1')
  let held: Buffer = Buffer.alloc(0)
  let [parts, hasRoot] = [0, false]
  let current: ReturnType<typeof partReader> | undefined

  function isRoot(id: string): boolean {
    if (hasRoot || (start !== undefined && id !== start)) return false
    hasRoot = true
    return true
  }

  function begin(): void {
    if (++parts > mostParts) throw new EnvelopeError('a body of several parts has too many')
    current = partReader({ isRoot, sink, toCome })
  }

  return {
    write(slice) {
      const bytes = Buffer.concat([held, slice])
      let from = 0
      for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, from)) {
        current?.end(bytes.subarray(from, at))
        begin()
        from = at + mark.length
      }
      // Behind these bytes there may be a boundary that is not all there yet, with the line end before it.
      const safe = Math.max(from, bytes.length - mark.length - 1)
      current?.write(bytes.subarray(from, safe))
      held = Buffer.from(bytes.subarray(safe))
    },
    end() {
      // Each boundary begins a part, of which the last one is none.
      if (parts < 2) throw new EnvelopeError('a body of several parts has none that is whole')
    },
  }
}
