import type { ConversionNews } from '../../src/converter/conversion-news.ts'
import { ApiFailure } from './api-failure.ts'

/** Told how a conversion goes, and able to end it. */
export interface Following {
  readonly news: (news: ConversionNews) => void
  readonly signal: AbortSignal
}

/** What a conversion has come to: something beside the document, or the bytes of what was made. */
export interface Converted {
  readonly name?: string
  readonly url?: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const newline = 10

/** Reads what the office answers to a conversion. Throws `ApiFailure` where nothing was made. */
export async function followConversion(answer: Response, news: Following['news']): Promise<Converted> {
  const reader = answer.body?.getReader()
  let seen = new Uint8Array()
  while (reader) {
    const { value, done } = await reader.read()
    if (done) break
    seen = joined(seen, value)
    for (let end = seen.indexOf(newline); end >= 0; end = seen.indexOf(newline)) {
      const told: ConversionNews = JSON.parse(new TextDecoder().decode(seen.subarray(0, end)))
      seen = seen.slice(end + 1)
      if (told.is === 'failed') throw new ApiFailure(told.why)
      if (told.is === 'done') return { ...told, bytes: await rest(reader, seen) }
      news(told)
    }
  }
  throw new ApiFailure('ended')
}

/** Everything that is still to come. */
async function rest(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  first: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces = [first]
  for (let next = await reader.read(); !next.done; next = await reader.read()) pieces.push(next.value)
  return new Uint8Array(await new Blob(pieces.map((piece) => new Uint8Array(piece))).arrayBuffer())
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}
