import type * as Y from 'yjs'

/** What is changed in a PDF: bytes behind those it had, which stay as they are. */
export interface Appended {
  /** How many bytes of the file stand before. */
  readonly at: number
  readonly bytes: Uint8Array
  /** What was filled in and noted, in words: all that is left of it where the file has become another one. */
  readonly words: string
}

const shared = (document: Y.Doc): Y.Map<unknown> => document.getMap('pdf')
const key = 'appended'

const isAppended = (value: unknown): value is Appended =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  Number.isSafeInteger(value.at) &&
  'bytes' in value &&
  value.bytes instanceof Uint8Array &&
  'words' in value &&
  typeof value.words === 'string'

/** What was last appended. `undefined`: nobody has changed the file. */
export function appendedIn(document: Y.Doc): Appended | undefined {
  const value = shared(document).get(key)
  return isAppended(value) ? value : undefined
}

/** Puts all that is appended in the place of what was before. */
export function append(document: Y.Doc, appended: Appended): void {
  shared(document).set(key, { ...appended })
}

/** Calls back when someone else has appended something. */
export function onAppended(document: Y.Doc, changed: () => void): () => void {
  const heard = (_event: unknown, { local }: Y.Transaction) => {
    if (!local) changed()
  }
  shared(document).observe(heard)
  return () => shared(document).unobserve(heard)
}

/** The file with what is appended to it. */
export function withAppended(file: Uint8Array, appended: Appended | undefined): Uint8Array<ArrayBuffer> {
  if (!appended) return new Uint8Array(file)
  const whole = new Uint8Array(appended.at + appended.bytes.length)
  whole.set(file.subarray(0, appended.at))
  whole.set(appended.bytes, appended.at)
  return whole
}
