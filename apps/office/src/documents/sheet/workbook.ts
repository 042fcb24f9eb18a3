import type { Area } from './reference.ts'

/** A workbook, as much of it as is needed to show it and to know what may be changed. */
export interface Workbook {
  readonly sheets: readonly Sheet[]
  /** Looked up by a cell's `style`. */
  readonly styles: readonly CellStyle[]
  /** Days are counted from 1904, as old Macs did it. */
  readonly is1904: boolean
  readonly names: readonly DefinedName[]
  /** The sheet that was in front, by its index. */
  readonly active: number
  /** What is kept in the file but not shown here. */
  readonly unseen: readonly Unseen[]
  /** Why nothing of it may be changed, as sentences for people. Empty: it may. */
  readonly obstacles: readonly string[]
}

export interface Sheet {
  readonly name: string
  /** The name of its part in the package. */
  readonly part: string
  readonly visibility: 'visible' | 'hidden' | 'very hidden'
  readonly rows: readonly Row[]
  readonly columns: readonly Column[]
  /** In characters of the default font. */
  readonly defaultWidth: number | undefined
  /** In points. */
  readonly defaultHeight: number | undefined
  readonly merges: readonly Area[]
  readonly frozen: { readonly rows: number; readonly columns: number }
  readonly showsGrid: boolean
  readonly isRightToLeft: boolean
  /** `RRGGBB`. */
  readonly tabColor: string | undefined
  /** Its author lets nobody change cells that are not marked as open. */
  readonly isProtected: boolean
  /** Cells that belong to something that this program does not change with them. */
  readonly held: readonly Held[]
  /** Cells of tables and pivot tables, which stay apart from each other. */
  readonly tables: readonly Area[]
  readonly links: readonly CellLink[]
  /** There are more rows than are read. */
  readonly isCut: boolean
}

export interface Row {
  readonly index: number
  /** In points. */
  readonly height?: number
  readonly isHidden?: boolean
  /** Of cells that are not there. */
  readonly style?: number
  /** In the order of their columns. */
  readonly cells: readonly Cell[]
}

export interface Column {
  readonly from: number
  readonly to: number
  /** In characters of the default font. */
  readonly width?: number
  readonly isHidden?: boolean
  readonly style?: number
}

export interface Cell {
  readonly column: number
  readonly value: CellValue
  /** Without the equals sign. */
  readonly formula?: string
  readonly style: number
  /** A formula over a block of cells, or one of those: it is not changed by itself. */
  readonly isBlock?: boolean
}

/** What a cell holds or has come to. `null`: nothing. */
export type CellValue = string | number | boolean | null | CellError

/** Such as `#DIV/0!`. */
export interface CellError {
  readonly error: string
}

/** Where cells lead. Nobody has looked at it: it may be any text. */
export interface CellLink {
  readonly area: Area
  /** Of something outside of the workbook. */
  readonly address?: string
  /** Of a place in the workbook, such as `Sheet2!A1`. */
  readonly location?: string
}

/** Cells that are part of something larger. */
export interface Held {
  readonly area: Area
  readonly by: 'array formula' | 'table' | 'pivot table' | 'data table'
}

export interface DefinedName {
  readonly name: string
  readonly formula: string
  /** Index of the only sheet that knows it. */
  readonly sheet?: number
}

/** What a page says is kept but cannot be seen. */
export type Unseen =
  | 'charts'
  | 'pictures'
  | 'conditional formats'
  | 'comments'
  | 'pivot tables'
  | 'macros'
  | 'data validation'
  | 'sheets of other kinds'

export interface CellStyle {
  /** Such as `0.00%`. */
  readonly format: string
  readonly font: Font
  /** `RRGGBB`. */
  readonly fill?: string
  readonly borders: Readonly<Partial<Record<'left' | 'right' | 'top' | 'bottom', Border>>>
  readonly horizontal?: string
  readonly vertical?: string
  readonly wraps?: boolean
  /** In degrees, -90 to 90; 255 is one letter under the other. */
  readonly rotation?: number
  readonly indent?: number
  /** Whether protecting the sheet locks such cells. */
  readonly isLocked: boolean
}

export interface Font {
  readonly name?: string
  /** In points. */
  readonly size?: number
  readonly isBold?: boolean
  readonly isItalic?: boolean
  readonly isUnderlined?: boolean
  readonly isStruck?: boolean
  /** `RRGGBB`. */
  readonly color?: string
  readonly position?: 'superscript' | 'subscript'
}

export interface Border {
  /** As the file names it, such as `thin`. */
  readonly line: string
  readonly color?: string
}
