import type { SharedForm, StoredFormat } from '../../editing/document-form.ts'
import { decodeText, type Encoding } from './encoding.ts'
import { isLineEnding, usualEnding } from './line-endings.ts'
import { seed, type TextFormat, toBytes } from './text-format.ts'

/** A text as it was opened. `undefined`: the bytes are no text. */
export function textForm(bytes: Uint8Array): SharedForm | undefined {
  const decoded = decodeText(bytes)
  if (decoded.is === 'no text') return undefined
  const { encoding, hasMark } = decoded.is === 'text' ? decoded : ({ encoding: 'utf-8', hasMark: false } as const)
  const format: TextFormat = { encoding, hasMark, lineEnding: usualEnding(decoded.text) }
  return formOf(decoded.text, format, decoded.is === 'foreign')
}

const formOf = (text: string, format: TextFormat, isForeign: boolean): SharedForm => ({
  kind: 'text',
  format: { ...format },
  refusal: isForeign ? { code: 'foreign' } : undefined,
  seed: (identity) => seed(text, format, identity),
  bytes: (document) => toBytes(document, format),
  withFormat: (stored) => formOf(text, textFormat(stored) ?? format, isForeign),
})

const encodings: readonly unknown[] = ['utf-8', 'utf-16le', 'utf-16be'] satisfies readonly Encoding[]
const isEncoding = (value: unknown): value is Encoding => encodings.includes(value)

/** How a text is spelt, as it was stored. `undefined`: that was no text. */
export function textFormat({ encoding, hasMark, lineEnding }: StoredFormat): TextFormat | undefined {
  if (!isEncoding(encoding) || !isLineEnding(lineEnding) || typeof hasMark !== 'boolean') return undefined
  return { encoding, hasMark, lineEnding }
}
