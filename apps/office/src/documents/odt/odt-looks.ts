/** How something in an OpenDocument text looks: values of properties of style sheets, by their names in scripts. */
export type Looks = Readonly<Record<string, string>>

/** An OpenDocument text as it is read from top to bottom. */
export interface TextPages {
  readonly page: { readonly width: string; readonly margins: Looks }
  readonly blocks: readonly Block[]
}

export type Block = ParagraphBlock | ListBlock | TableBlock | BoxBlock

export interface ParagraphBlock {
  readonly is: 'paragraph'
  /** Where its element begins in the source. */
  readonly start: number
  readonly looks: Looks
  readonly pieces: readonly Piece[]
}

export interface ListBlock {
  readonly is: 'list'
  readonly items: readonly { readonly sign: string; readonly blocks: readonly Block[] }[]
}

export interface TableBlock {
  readonly is: 'table'
  readonly columns: readonly Looks[]
  readonly rows: readonly (readonly TableBlockCell[])[]
}

export interface TableBlockCell {
  readonly across: number
  readonly down: number
  readonly looks: Looks
  readonly blocks: readonly Block[]
}

/** A frame with text of its own. */
export interface BoxBlock {
  readonly is: 'box'
  readonly looks: Looks
  readonly blocks: readonly Block[]
}

/** A stretch of a paragraph that looks alike, or something in it that is no text. */
export type Piece =
  | { readonly is: 'text'; readonly text: string; readonly looks: Looks; readonly link?: string }
  | { readonly is: 'picture'; readonly part: string; readonly looks: Looks; readonly description: string }
  | { readonly is: 'break' }
  /** `shown` stands for it; `title` says more. */
  | { readonly is: 'other'; readonly shown: string; readonly title: string }
