import type { ParagraphChanges } from '../../../../src/documents/outline/outline.ts'
import type { DocumentReader } from './document-reader.ts'
import type { FieldLooks, ParagraphField } from './paragraph-field.ts'

/** How a document is laid out around the fields of its paragraphs. */
export interface OutlineLayout {
  /** From top to bottom. */
  readonly elements: readonly HTMLElement[]
  readonly fields: readonly ParagraphField[]
  /** These paragraphs say something else now. */
  changed(paragraphs: ReadonlySet<string>): void
  /** Someone is in this paragraph. `undefined`: in none. */
  entered(paragraph: string | undefined): void
  printed(): Node | Promise<Node>
  end(): void
}

/** What a layout is made of. */
export interface LayoutSource {
  readonly reader: DocumentReader
  readonly fileName: string
  /** What is scrolled. */
  readonly root: HTMLElement
  readonly texts: () => ParagraphChanges
  /** The field of a paragraph. `undefined`: there is none to be shared. */
  field(paragraph: string, looks?: FieldLooks): ParagraphField | undefined
}
