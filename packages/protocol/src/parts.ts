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

/** The parts of a message, by the names their values have in code. */
export type Parts = Readonly<Record<string, Part<never> | Part<unknown>>>

interface HeaderOptions {
  /** Another name under which the header may arrive. It is written under its first name alone, unless `sendsAlias`. */
  readonly alias?: string
  /** It is written under its alias too. */
  readonly sendsAlias?: boolean
  /** An empty header is a value of its own instead of an absent one. */
  readonly emptyCounts?: boolean
}

/** A header. One that is there but empty counts as absent, unless `emptyCounts`. */
export const header = <T>(
  name: string,
  format: Format<T>,
  { alias, sendsAlias = false, emptyCounts = false }: HeaderOptions = {},
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
    if (alias !== undefined && sendsAlias) headers[alias] = format.encode(value)
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
