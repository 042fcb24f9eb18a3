import type * as Y from 'yjs'

/** Writes a file as a shared document changes it: at once, or in a thread of its own. */
export interface Writer {
  /** Throws `DocumentError`. */
  now(document: Y.Doc): Buffer
  /** What is changed while it is written is not in it. Throws `DocumentError`. */
  apart(document: Y.Doc): Promise<Buffer>
}

interface WaysToWrite {
  readonly now: (document: Y.Doc) => Uint8Array
  readonly apart: (document: Y.Doc) => Promise<Uint8Array>
}

/** What came of writing a shared document, when it had been changed so many times. */
type Written = { readonly at: number } & ({ readonly bytes: Buffer } | { readonly cause: unknown })

/** A writer that does not write twice what has stayed the same, and does not try at once what has failed apart. */
export function writtenOnce({ now, apart }: WaysToWrite): Writer {
  const states = new WeakMap<Y.Doc, { changes: number; written?: Written }>()
  const stateOf = (document: Y.Doc) => {
    const state = states.get(document) ?? { changes: 0 }
    if (!states.has(document)) document.on('update', () => state.changes++)
    states.set(document, state)
    return state
  }
  const known = (document: Y.Doc): Written | undefined => {
    const { changes, written } = stateOf(document)
    return written?.at === changes ? written : undefined
  }
  const keep = (document: Y.Doc, at: number, written: Uint8Array): Buffer => {
    const bytes = Buffer.from(written.buffer, written.byteOffset, written.byteLength)
    stateOf(document).written = { at, bytes }
    return bytes
  }
  return {
    now(document) {
      const written = known(document)
      if (!written) return keep(document, stateOf(document).changes, now(document))
      if ('cause' in written) throw written.cause
      return written.bytes
    },
    async apart(document) {
      const [at, written] = [stateOf(document).changes, known(document)]
      if (written && 'bytes' in written) return written.bytes
      try {
        return keep(document, at, await apart(document))
      } catch (cause) {
        stateOf(document).written = { at, cause }
        throw cause
      }
    },
  }
}
