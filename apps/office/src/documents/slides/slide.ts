/** What a slide looks like. Lengths are in pixels of 1/96 inch, angles in degrees. */
export interface Slide {
  readonly background?: Fill
  /** What the master and the layout show below its own shapes, in the order in which it is drawn. */
  readonly ground: readonly Shape[]
  readonly shapes: readonly Shape[]
}

/** Where something lies, before it is turned around its middle. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly rotation: number
  readonly isFlippedAcross: boolean
  readonly isFlippedDown: boolean
}

/** Something on a slide: at most one of a picture, a table and a group. */
export interface Shape {
  readonly box: Box
  readonly outline: Outline
  readonly fill?: Fill
  readonly line?: Line
  readonly text?: TextBody
  readonly picture?: Picture
  readonly table?: Table
  readonly group?: Group
  /** What screen readers say of it. */
  readonly description?: string
  /** Something that is not drawn here, such as a chart: a frame stands for it. */
  readonly isUnknown?: true
}

/** Shapes that are placed in a space of their own, which fills the box of the group. */
export interface Group {
  readonly space: Pick<Box, 'x' | 'y' | 'width' | 'height'>
  readonly shapes: readonly Shape[]
}

/** A well-known outline with what bends it, or a path in a space of its own. */
export type Outline =
  | { readonly is: 'known'; readonly name: string; readonly adjusted: ReadonlyMap<string, number> }
  | { readonly is: 'path'; readonly paths: readonly Path[] }

export interface Path {
  /** As SVG spells it. */
  readonly data: string
  readonly width: number
  readonly height: number
  readonly isFilled: boolean
  readonly isStroked: boolean
}

/** Colours are as style sheets spell them. */
export type Fill =
  | { readonly is: 'none' }
  | { readonly is: 'color'; readonly color: string }
  | { readonly is: 'gradient'; readonly stops: readonly Stop[]; readonly angle: number; readonly isRound: boolean }
  | { readonly is: 'picture'; readonly picture: Picture }

export interface Stop {
  /** From 0 to 1. */
  readonly at: number
  readonly color: string
}

export interface Picture {
  /** The part of the package that holds it. */
  readonly part: string
  /** What is cut off at each side, as a share of the picture. */
  readonly crop: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
  readonly opacity: number
}

export interface Line {
  readonly color: string
  readonly width: number
  /** Lengths of strokes and gaps, in widths of the line; none: it is drawn through. */
  readonly dashes: readonly number[]
  readonly startsWith?: string
  readonly endsWith?: string
}

export interface TextBody {
  readonly paragraphs: readonly TextParagraph[]
  readonly insets: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
  readonly anchor: 'top' | 'middle' | 'bottom'
  readonly wraps: boolean
  /** Degrees that all of the text is turned: 90 or 270; 0: it is not. */
  readonly turned: number
  /** What letters are made smaller by to fit, and lines are moved together by; 1 and 0 where they are not. */
  readonly scale: number
  readonly tightened: number
}

export interface TextParagraph {
  /** Where it begins in the source of the slide. */
  readonly start: number
  readonly style: ParagraphStyle
  readonly runs: readonly TextRun[]
  /** Of a paragraph without text. */
  readonly empty: RunStyle
}

export interface TextRun {
  readonly is: 'text' | 'break'
  readonly text: string
  readonly style: RunStyle
}

export interface ParagraphStyle {
  readonly level: number
  readonly align: 'left' | 'center' | 'right' | 'justify'
  readonly isRightToLeft: boolean
  readonly marginLeft: number
  readonly indent: number
  readonly before: Spacing
  readonly after: Spacing
  readonly line: Spacing
  readonly bullet?: Bullet
}

/** A share of the height of a line, or pixels. */
export type Spacing = { readonly share: number } | { readonly pixels: number }

export interface Bullet {
  /** A character, or how numbers are written. */
  readonly sign: { readonly character: string } | { readonly numbers: string; readonly from: number }
  readonly font?: string
  readonly color?: string
  /** A share of the size of the text. */
  readonly size: number
}

export interface RunStyle {
  readonly size: number
  readonly isBold: boolean
  readonly isItalic: boolean
  readonly isUnderlined: boolean
  readonly isStruck: boolean
  readonly capitals: 'none' | 'small' | 'all'
  /** A share of the size by which letters are raised; below 0: lowered. */
  readonly raised: number
  readonly spacing: number
  readonly color: string
  readonly highlight?: string
  readonly fonts: readonly string[]
  /** Where a link leads. */
  readonly link?: string
}

export interface Table {
  readonly columns: readonly number[]
  readonly rows: readonly { readonly height: number; readonly cells: readonly TableCell[] }[]
}

export interface TableCell {
  readonly across: number
  readonly down: number
  readonly text: TextBody
  readonly fill?: Fill
  readonly borders: Readonly<Partial<Record<'left' | 'right' | 'top' | 'bottom', Line>>>
}
