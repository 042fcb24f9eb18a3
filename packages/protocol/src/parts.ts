import type { Format } from './formats.ts'

/** Bytes as they flow. Web streams and Node streams both are one. */
export type Content = AsyncIterable<Uint8Array>

/** What a part reads from. `Request` and `Response` both are one. */
export interface Message {
  readonly headers: { get(name: string): string | null }
  readonly body: Content | null
}

/** What a part writes to. */
export interface Draft {
  readonly headers: Record<string, string>
  body: Content | string | null
}

/** One piece of an HTTP message: a header or the body. */
export interface Part<T> {
  /** `X-WOPI-Lock` or `body`: for documentation and for error messages. */
  readonly place: string
  readonly type: string
  readonly optional: boolean
  /** Absent reads as `undefined`; malformed throws a `SyntaxError`. */
  read(message: Message): T | undefined | Promise<T | undefined>
  write(value: T, draft: Draft): void
}

export type Parts = Readonly<Record<string, Part<never> | Part<unknown>>>

interface HeaderOptions {
  /** Another name under which the header may arrive. It is written under its first name. */
  readonly alias?: string
  /** An empty header is a value of its own instead of an absent one. */
  readonly emptyCounts?: boolean
}

/** A header. One that is there but empty counts as absent, unless `emptyCounts`. */
export const header = <T>(
  name: string,
  format: Format<T>,
  { alias, emptyCounts = false }: HeaderOptions = {},
): Part<T> => ({
  place: name,
  type: format.name,
  optional: false,
  read({ headers }) {
    const raw = headers.get(name) ?? (alias === undefined ? null : headers.get(alias))
    if (raw === null || (raw === '' && !emptyCounts)) return undefined
    try {
      return format.decode(raw)
    } catch (cause) {
      throw new SyntaxError(`${name} is ${cause instanceof Error ? cause.message : 'malformed'}`, { cause })
    }
  },
  write(value, { headers }) {
    headers[name] = format.encode(value)
  },
})

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

/** A part that counts as absent when it is malformed: what it says is worth less than that the call went well. */
export const lenient = <T>(part: Part<T>): Part<T | undefined> => ({
  ...optional(part),
  async read(message) {
    try {
      return await part.read(message)
    } catch (cause) {
      if (cause instanceof SyntaxError) return undefined
      throw cause
    }
  },
})

/** A part that may be absent. */
export const optional = <T>(part: Part<T>): Part<T | undefined> => ({
  ...part,
  optional: true,
  write(value, draft) {
    if (value !== undefined) part.write(value, draft)
  },
})

type ValueOf<P> = P extends Part<infer T> ? T : never
type Flat<T> = { [K in keyof T]: T[K] } & {}

/** The values a set of parts carries: `{ lock: header(…), size: optional(header(…)) }` is `{ lock: string; size?: number }`. */
export type Values<P extends Parts> = Flat<
  { readonly [K in keyof P as undefined extends ValueOf<P[K]> ? never : K]: ValueOf<P[K]> } & {
    readonly [K in keyof P as undefined extends ValueOf<P[K]> ? K : never]?: ValueOf<P[K]>
  }
>

/** Reads every part. A missing or malformed one throws a `SyntaxError` that names it. */
export async function decode<P extends Parts>(parts: P, message: Message): Promise<Values<P>> {
  const values: Record<string, unknown> = {}
  for (const key in parts) {
    const part = parts[key] as Part<unknown>
    const read = part.read(message)
    const value = read instanceof Promise ? await read : read
    if (value !== undefined) values[key] = value
    else if (!part.optional) throw new SyntaxError(`${part.place} is missing`)
  }
  return values as Values<P>
}

/** Writes every part. */
export function encode<P extends Parts>(parts: P, values: Values<P>): Draft {
  const draft: Draft = { headers: {}, body: null }
  for (const key in parts) (parts[key] as Part<unknown>).write((values as Record<string, unknown>)[key], draft)
  return draft
}
