import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { type Encoding, encodeText } from './encoding.ts'
import { fromStretches, isLineEnding, type LineEnding, type Stretch, toStretches } from './line-endings.ts'

/** Everything about a text file that its characters do not say. */
export interface TextFormat {
  readonly encoding: Encoding
  readonly hasMark: boolean
  readonly lineEnding: LineEnding
}

/** Where the text is in the shared document. The pages use the same name. */
export const textName = 'text'

/**
 * The shared document that a file's content begins as, the same bytes each time: whoever opens the same version of the
 * same file later starts from the very same characters, and edits made on either side of a restart still fit together.
 */
export function seed(content: string, format: TextFormat, identity: string): Uint8Array {
  const document = new Y.Doc()
  document.clientID = seedClient(identity)
  const delta = toStretches(content, format.lineEnding).map(({ text, ending }) => ({
    insert: text,
    ...(ending && { attributes: { ending } }),
  }))
  document.getText(textName).applyDelta(delta)
  const update = Y.encodeStateAsUpdate(document)
  document.destroy()
  return update
}

/** Browsers draw their ids from 32 bits; this one has more, and so never meets one of theirs. */
export const seedClient = (identity: string): number =>
  2 ** 32 + createHash('sha256').update(identity).digest().readUInt32BE(0)

/** The file that the shared document stands for. */
export function toBytes(document: Y.Doc, { encoding, hasMark, lineEnding }: TextFormat): Buffer {
  const delta: readonly { insert?: unknown; attributes?: Record<string, unknown> }[] = document
    .getText(textName)
    .toDelta()
  return encodeText(fromStretches(delta.flatMap(toStretch), lineEnding), encoding, hasMark)
}

/** Attributes come from browsers: only a line ending counts. */
function toStretch({ insert, attributes }: { insert?: unknown; attributes?: Record<string, unknown> }): Stretch[] {
  if (typeof insert !== 'string') return []
  const ending = attributes?.['ending']
  return [isLineEnding(ending) ? { text: insert, ending } : { text: insert }]
}
