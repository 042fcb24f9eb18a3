import type * as Y from 'yjs'
import { forgetSteps } from './typed-steps.ts'

/** Where the shared document keeps the file. */
const shared = (document: Y.Doc): Y.Map<unknown> => document.getMap('file')
const content = 'content'
const upTo = 'upTo'

/** How far someone's changes go: all that the page `by` has made until its change of that number. */
export interface Reached {
  readonly by: number
  readonly number: number
}

/** The file as it was last put there. `undefined`: nobody has changed it. */
export function sharedFile(document: Y.Doc): Uint8Array | undefined {
  const bytes = shared(document).get(content)
  return bytes instanceof Uint8Array ? bytes : undefined
}

/** What is in that file. `undefined`: nobody has said. */
export function reachedByFile(document: Y.Doc): Reached | undefined {
  const value = shared(document).get(upTo)
  if (typeof value !== 'object' || value === null) return undefined
  const [by, number]: unknown[] = [Reflect.get(value, 'by'), Reflect.get(value, 'number')]
  return typeof by === 'number' && typeof number === 'number' ? { by, number } : undefined
}

/** Of whom nothing is known. */
export const nobody: Reached = { by: 0, number: 0 }

/** Puts a changed file in the place of the one before, and of the changes that are in it. */
export function shareFile(document: Y.Doc, bytes: Uint8Array, reached: Reached = nobody): void {
  document.transact(() => {
    shared(document).set(content, bytes)
    shared(document).set(upTo, reached)
    forgetSteps(document, reached)
  })
}

/** Calls back when someone else has put another file there. */
export function onSharedFile(document: Y.Doc, changed: () => void): () => void {
  const heard = (_event: unknown, { local }: Y.Transaction) => {
    if (!local) changed()
  }
  shared(document).observe(heard)
  return () => shared(document).unobserve(heard)
}
