import type { Content, Part } from './parts.ts'

const nothing: Content = (async function* () {})()

/** The body as bytes that flow. */
export const bytes: Part<Content> = {
  place: 'body',
  type: 'bytes',
  optional: false,
  read: ({ body }) => body ?? nothing,
  write(value, draft) {
    draft.headers['Content-Type'] = 'application/octet-stream'
    draft.body = value
  },
}

/** The most bytes a body may have that is read as text or JSON. */
const longestText = 4 * 1024 * 1024

/** The whole of `content` as UTF-8 text. Throws a `SyntaxError` beyond `limit` bytes or when it is not UTF-8. */
export async function textOf(content: Content | null, limit: number = longestText): Promise<string> {
  if (!content) return ''
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let size = 0
  let result = ''
  for await (const chunk of content) {
    size += chunk.byteLength
    if (size > limit) throw new SyntaxError(`the body is longer than ${limit} bytes`)
    result += decodeUtf8(decoder, chunk)
  }
  return result + decodeUtf8(decoder)
}

/** The next stretch of text; without a chunk, the last. What breaks off the body itself is not taken for bad text. */
function decodeUtf8(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
  } catch (cause) {
    throw new SyntaxError('the body is not UTF-8', { cause })
  }
}

/** The body as text of at most `limit` ASCII characters. */
export const asciiBody = (limit: number): Part<string> => ({
  place: 'body',
  type: `text of at most ${limit} ASCII characters`,
  optional: false,
  async read({ body }) {
    const value = await textOf(body, limit)
    if (!/^[\x00-\x7f]*$/.test(value)) throw new SyntaxError('the body is not ASCII')
    return value
  },
  write(value, draft) {
    draft.headers['Content-Type'] = 'text/plain; charset=utf-8'
    draft.body = value
  },
})

/** The body as XML, as it came. */
export const xml: Part<string> = {
  place: 'body',
  type: 'XML',
  optional: false,
  async read({ body }) {
    return (await textOf(body)) || undefined
  },
  write(value, draft) {
    draft.headers['Content-Type'] = 'text/xml; charset=utf-8'
    draft.body = value
  },
}

/** The body as a JSON object. One for which `fits` is false counts as malformed. */
export const json = <T extends object>(
  fits: (value: Partial<Record<keyof T, unknown>>) => boolean = () => true,
): Part<T> => ({
  place: 'body',
  type: 'JSON',
  optional: false,
  async read({ body }) {
    const raw = await textOf(body)
    if (raw === '') return undefined
    const value: unknown = JSON.parse(raw)
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !fits(value)) {
      throw new SyntaxError('the body is not the JSON object that is expected')
    }
    return value as T
  },
  write(value, draft) {
    draft.headers['Content-Type'] = 'application/json'
    draft.body = JSON.stringify(value)
  },
})
