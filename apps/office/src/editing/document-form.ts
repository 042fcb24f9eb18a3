import type * as Y from 'yjs'
import type { ReadOnlyReason } from '../session-messages.ts'

/** What must be known to write a file, beside its shared document; as JSON. */
export type StoredFormat = Readonly<Record<string, unknown>>

/** A file as it was opened: what people share of it, and how it is written back. One for each kind of document. */
export interface SharedForm {
  readonly kind: 'text' | 'sheet' | 'word' | 'outline' | 'pdf'
  /** Changes of two people cannot be merged: one writes, and the others follow. */
  readonly hasOneWriter?: boolean
  readonly format: StoredFormat
  /** What pages show where the file has nothing in it yet: what such a document begins with. */
  readonly template?: Uint8Array
  /** Why it is only shown. `undefined`: it can be changed. */
  readonly refusal: ReadOnlyReason | undefined
  /** What the shared document begins as, the same bytes each time for the same identity. */
  seed(identity: string): Uint8Array
  /** The file that the shared document stands for. Throws `DocumentError` where it would lose something. */
  bytes(document: Y.Doc): Buffer
  /**
   * The same, made elsewhere where that takes a while: what is changed meanwhile is not in it. `bytes` knows it until the
   * document changes. Throws `DocumentError`.
   */
  written?(document: Y.Doc): Promise<Buffer>
  /** Whether the shared document has more than the file that it stands for: somebody's browser is still to write it. */
  isBehind?(document: Y.Doc): boolean
  /** Looks through such a file before it is sent to the host, where that takes a while. Throws `DocumentError`. */
  verify?(bytes: Uint8Array): Promise<void>
  /** The same file, spelt as it was when its shared document began. */
  withFormat(format: StoredFormat): SharedForm
}
