/** The text of a document, by where it stands: what can be edited where the look of the document is not touched. */
export interface Outline {
  readonly sections: readonly Section[]
}

/** A slide, or the whole of a text document. */
export interface Section {
  /** Stays the same while the document is open. */
  readonly id: string
  /** Its number among its kind, from 1 on. */
  readonly number: number
  readonly isHidden?: true
  readonly paragraphs: readonly Paragraph[]
}

/** A paragraph as people edit it. */
export interface Paragraph {
  /** Stays the same while the document is open. */
  readonly id: string
  /** What is no text, such as a picture, a field or a line break, stands in it as U+FFFC. */
  readonly text: string
  /** 0: plain text. From 1 on: a heading of that level. */
  readonly level: number
}

/** The character that stands for what is no text. */
export const anchor = '\ufffc'

/** New texts of paragraphs, by their ids. */
export type ParagraphChanges = ReadonlyMap<string, string>
