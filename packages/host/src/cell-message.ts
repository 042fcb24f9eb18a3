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

/** A body as it comes, and how it is coded. */
export interface CodedBody {
  readonly content: Content
  readonly coding?: string | undefined
  /** How many bytes come, as they are coded. Absent: it is not known. */
  readonly length?: number | undefined
}

/** A body without its coding, and how many bytes that has if it is known. One of more than `longest` bytes is refused. */
export function uncoded({ content, coding: coded, length }: CodedBody, longest: number) {
  const coding = codingOf(coded)
  if (!coding && length !== undefined && length > longest) throw new WopiError('TooLargeToStore', {})
  return {
    body: atMost(longest, coding ? through(new DecompressionStream(coding), content) : content),
    ...(!coding && length !== undefined && { size: length }),
  }
}

async function* atMost(longest: number, content: Content): Content {
  let size = 0
  for await (const chunk of content) {
    size += chunk.byteLength
    if (size > longest) throw new WopiError('TooLargeToStore', {})
    yield chunk
  }
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

/** An answer that is made while it is sent, coded if that is worth while and the client takes it so. */
export function answerBody(
  text: Iterable<string>,
  accepts: string | undefined,
  turn = () => new Promise<void>((resolve) => setTimeout(resolve)),
): { content: Content; coding?: Coding } {
  const chunks = chunksOf(text)
  const first = chunks.next().value ?? new Uint8Array()
  const content = flowing(first, chunks, turn)
  if (first.byteLength < leastCoded || !takesGzip(accepts)) return { content }
  return { content: through(new CompressionStream('gzip'), content), coding: 'gzip' }
}

/** `gzip;q=0` is how a client says that it does not. */
const takesGzip = (accepts = ''): boolean =>
  accepts.split(',').some((each) => /^\s*(x-)?gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(each))

/** What is sent at once at least, in letters. */
const leastChunk = 64 * 1024

/** Pieces of text as UTF-8, in chunks of which the last alone may be short. */
function* chunksOf(text: Iterable<string>): Generator<Uint8Array, undefined> {
  const encoder = new TextEncoder()
  let gathered = ''
  for (const piece of text) {
    gathered += piece
    if (gathered.length < leastChunk) continue
    yield encoder.encode(gathered)
    gathered = ''
  }
  if (gathered !== '') yield encoder.encode(gathered)
}

/** How much is made before others have their turn: a client that reads fast enough never lets it wait. Bytes. */
const bytesInTurn = 1024 * 1024

/** `turn`: lets others have theirs. */
async function* flowing(first: Uint8Array, rest: Iterable<Uint8Array>, turn: () => Promise<void>): Content {
  yield first
  let left = bytesInTurn
  for (const chunk of rest) {
    yield chunk
    left -= chunk.byteLength
    if (left > 0) continue
    await turn()
    left = bytesInTurn
  }
}

/** `content`, with `ended` called once nobody reads it any more, even if nobody has begun to. */
export function watched(content: Content, ended: () => void): Content {
  const chunks = content[Symbol.asyncIterator]()
  let isOver = false
  const end = () => {
    if (!isOver) ended()
    isOver = true
  }
  const iterator: AsyncIterator<Uint8Array> = {
    async next() {
      try {
        const result = await chunks.next()
        if (result.done) end()
        return result
      } catch (error) {
        end()
        throw error
      }
    },
    async return() {
      end()
      await chunks.return?.()
      return { done: true, value: undefined }
    },
  }
  return { [Symbol.asyncIterator]: () => iterator }
}
