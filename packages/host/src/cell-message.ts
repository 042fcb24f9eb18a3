import { type Content, WopiError } from '@openwopi/protocol'

const codings = ['gzip', 'deflate'] as const
type Coding = (typeof codings)[number]

const fault = (reason: string, cause?: unknown) => new WopiError('CellStorageFault', { reason }, { cause })

/** How a body is coded. `undefined`: not at all. */
function codingOf(header: string | undefined): Coding | undefined {
  const name = header?.trim().toLowerCase().replace(/^x-/, '') ?? 'identity'
  if (name === 'identity') return undefined
  const coding = codings.find((each) => each === name)
  if (!coding) throw fault(`Content-Encoding is none of ${codings.join(', ')}`)
  return coding
}

/** A body as a whole, without its coding. One of more than `longest` bytes is refused before it is in memory. */
export async function wholeBody(content: Content, coded: string | undefined, longest: number): Promise<Uint8Array> {
  const coding = codingOf(coded)
  return gather(coding ? through(new DecompressionStream(coding), content) : content, longest)
}

async function gather(content: Content, longest: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of content) {
    size += chunk.byteLength
    if (size > longest) throw new WopiError('TooLargeToStore', {})
    chunks.push(chunk)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

/** Content on its way through a transformation. Whoever stops reading stops it. */
async function* through(
  { readable, writable }: Pick<DecompressionStream | CompressionStream, 'readable' | 'writable'>,
  content: Content,
): Content {
  const writer = writable.getWriter()
  let broken: unknown
  const feeding = feed(writer, content).catch((error: unknown) => {
    broken = error
    return writer.abort(error).catch(() => undefined)
  })
  try {
    yield* readable as ReadableStream<Uint8Array<ArrayBuffer>>
  } catch (cause) {
    throw broken instanceof WopiError ? broken : fault('the body is not coded as it says', cause)
  } finally {
    await feeding
  }
}

async function feed(writer: WritableStreamDefaultWriter<BufferSource>, content: Content): Promise<void> {
  for await (const chunk of content) await writer.write(new Uint8Array(chunk))
  await writer.close()
}

/** Below this many bytes, coding costs more than it saves. */
const leastCoded = 1024

/** An answer, coded if that is worth while and the client takes it so. */
export function answerBody(text: string, accepts: string | undefined): { content: Content; coding?: Coding } {
  const bytes = new TextEncoder().encode(text)
  const content = once(bytes)
  if (bytes.byteLength < leastCoded || !takesGzip(accepts)) return { content }
  return { content: through(new CompressionStream('gzip'), content), coding: 'gzip' }
}

/** `gzip;q=0` is how a client says that it does not. */
const takesGzip = (accepts = ''): boolean =>
  accepts.split(',').some((each) => /^\s*(x-)?gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(each))

async function* once(bytes: Uint8Array): Content {
  yield bytes
}
