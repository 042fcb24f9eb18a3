import { editorMessages, hostMessages, type MessageRow, type ValueKind, type ValueShape } from './ui-messages.ts'

interface Kinds {
  text: string
  number: number
  bool: boolean
  list: readonly unknown[]
  object: Readonly<Record<string, unknown>>
}
type Flat<T> = { [K in keyof T]: T[K] } & {}
type Needed<S> = {
  readonly [K in keyof S as S[K] extends `${string}?` ? never : K]: S[K] extends ValueKind ? Kinds[S[K]] : never
}
type Possible<S> = {
  readonly [K in keyof S as S[K] extends `${string}?` ? K : never]?: S[K] extends `${infer V extends ValueKind}?`
    ? Kinds[V]
    : never
}
type ValuesOf<S> = S extends 'list' ? readonly Readonly<Record<string, unknown>>[] : Flat<Needed<S> & Possible<S>>
type MessagesOf<Table extends Record<string, MessageRow>> = {
  [N in keyof Table]: { readonly MessageId: N; readonly Values: ValuesOf<Table[N]['values']> }
}[keyof Table]

/** What the host page tells the editor. Narrow it by its `MessageId`. */
export type HostMessage = MessagesOf<typeof hostMessages>

/** What the editor tells the host page. Narrow it by its `MessageId`. */
export type EditorMessage = MessagesOf<typeof editorMessages>

/** A message that the tables do not know. Its `MessageId` is `undefined`, so that known ones can be told apart from it. */
export interface UnknownMessage {
  readonly MessageId: undefined
  readonly unknownId: string
  readonly Values: unknown
}

/** Any message between host page and editor. */
export type UiMessage = HostMessage | EditorMessage | UnknownMessage

/** The most characters a message may have. */
export const longestMessage = 1024 * 1024

/**
 * A message as `postMessage` carries it. `now` is in milliseconds since the epoch. `always`: what every message of this
 * sender says, such as `wdUserSession` and `ui-language`; a message whose values are a list cannot say it.
 */
export const writeMessage = (
  { MessageId, Values }: HostMessage | EditorMessage,
  now: number,
  always: Readonly<Record<string, string>> = {},
): string =>
  JSON.stringify({ MessageId, SendTime: now, Values: Array.isArray(Values) ? Values : { ...Values, ...always } })

/**
 * The message in an event's `data`. `undefined`: it is none, lacks a value it needs, or repeats under an old name what
 * another message says. Values of the wrong kind that may be absent are left out. The event's origin and source are the
 * caller's to check.
 */
export function parseMessage(data: unknown): UiMessage | undefined {
  if (typeof data !== 'string' || data.length > longestMessage) return undefined
  const message = objectIn(data)
  if (!message || typeof message['MessageId'] !== 'string') return undefined
  const { MessageId, Values = {} } = message as { MessageId: string; Values?: unknown }
  if (isObject(Values) && Values['Deprecated'] === true) return undefined
  const row = rows.get(MessageId)
  if (!row) return { MessageId: undefined, unknownId: MessageId, Values }
  const values = valuesOf(row.values, Values ?? {})
  return values === undefined ? undefined : ({ MessageId, Values: values } as HostMessage | EditorMessage)
}

const rows = new Map<string, MessageRow>([...Object.entries(hostMessages), ...Object.entries(editorMessages)])

function objectIn(data: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(data, refusePrototypes)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Values are handed on to code that may merge them into other objects. */
function refusePrototypes(key: string, value: unknown): unknown {
  if (key === '__proto__' || key === 'constructor' || key === 'prototype') throw new SyntaxError(`a key is ${key}`)
  return value
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isKind: Readonly<Record<ValueKind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  list: Array.isArray,
  object: isObject,
}

/** The values a row names. `undefined`: one that is needed is not there. */
function valuesOf(shape: ValueShape | 'list', sent: unknown): unknown {
  if (shape === 'list') return Array.isArray(sent) ? sent.filter(isObject) : undefined
  if (!isObject(sent)) return undefined
  const values: Record<string, unknown> = {}
  for (const [name, wanted] of Object.entries(shape)) {
    const value = Object.hasOwn(sent, name) ? sent[name] : undefined
    const kind = wanted.replace('?', '') as ValueKind
    if (isKind[kind](value)) values[name] = value
    else if (kind === wanted) return undefined
  }
  return values
}
