import { damaged } from '../../package/document-error.ts'
import { type Place, readPlace } from '../reference.ts'
import { attributesOf, plainAttribute } from '../xml/attributes.ts'
import { scan, type Tag } from '../xml/scan.ts'

/** Where a stretch of a part begins and ends. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

type Attributes = Readonly<Record<string, string>>

/** A cell, and where everything of it stands. */
export interface CellMark extends Stretch {
  readonly tag: Tag
  readonly place: Place
  /** The text of `v`. */
  readonly value: Stretch | undefined
  readonly formula: (Stretch & { readonly tag: Tag; readonly text: Stretch }) | undefined
  /** The text pieces of `is`. */
  readonly inline: readonly Stretch[]
}

/** A row, and where it stands. */
export interface RowMark extends Stretch {
  readonly tag: Tag
  readonly index: number
  readonly attributes: Attributes
  readonly cells: readonly CellMark[]
}

/** A sheet's part, taken apart. */
export interface SheetMarks {
  readonly xml: string
  /** The element with the rows. */
  readonly data: Stretch & { readonly tag: Tag }
  readonly rows: readonly RowMark[]
  /** Every tag outside of the rows, in order. */
  readonly tags: readonly Tag[]
  /** Reading stopped before the last row. */
  readonly isCut: boolean
}

/** Takes a sheet's part apart, but not more than so many cells of it. */
export function markSheet(xml: string, mostCells: number): SheetMarks {
  const tags: Tag[] = []
  const reader = rowReader(mostCells)
  let data: SheetMarks['data'] | undefined
  let opened: Tag | undefined
  let isCut = false
  for (const tag of scan(xml)) {
    isCut = tag.name === 'row' && tag.is !== 'close' && reader.isFull()
    if (isCut) break
    const isEdge = tag.name === 'sheetData'
    if (isEdge && tag.is !== 'close' && (opened || data)) throw damaged('a sheet has two sets of rows')
    if (isEdge && tag.is === 'open') opened = tag
    if (isEdge && tag.is !== 'open') {
      data = { tag: opened ?? tag, from: (opened ?? tag).start, to: tag.end }
      opened = undefined
    }
    if (opened && !isEdge) reader.take(tag)
    else tags.push(tag)
  }
  data ??= opened && { tag: opened, from: opened.start, to: xml.length }
  if (!data) throw damaged('a sheet has no rows, not even none')
  return { xml, data, tags, rows: reader.rows, isCut }
}

type Building<T> = { -readonly [K in keyof T]: T[K] }

/** Builds rows from the tags inside of `sheetData`. */
function rowReader(mostCells: number) {
  const rows: RowMark[] = []
  let row: (Building<RowMark> & { cells: CellMark[] }) | undefined
  let cell: (Building<CellMark> & { inline: Stretch[] }) | undefined
  let from = 0
  let isPhonetic = false
  let cells = 0

  const startRow = (tag: Tag) => {
    const attributes = attributesOf(tag)
    const last = rows.at(-1)?.index ?? -1
    const index = attributes['r'] === undefined ? last + 1 : Number(attributes['r']) - 1
    if (!Number.isInteger(index) || index <= last) throw damaged('the rows of a sheet are out of order')
    row = { tag, index, attributes, cells: [], from: tag.start, to: tag.end }
    if (tag.is === 'empty') endRow(tag)
  }
  const endRow = (tag: Tag) => {
    if (row) rows.push(Object.assign(row, { to: tag.end }))
    row = undefined
  }
  const startCell = (tag: Tag) => {
    if (!row) throw damaged('a cell is in no row')
    const last = row.cells.at(-1)?.place.column ?? -1
    const name = plainAttribute(tag, 'r')
    const place = name === undefined ? { row: row.index, column: last + 1 } : readPlace(name)
    if (place?.row !== row.index || place.column <= last) throw damaged('the cells of a row are out of order')
    cell = { tag, place, value: undefined, formula: undefined, inline: [], from: tag.start, to: tag.end }
    if (tag.is === 'empty') endCell(tag)
  }
  const endCell = (tag: Tag) => {
    if (cell && row) row.cells.push(Object.assign(cell, { to: tag.end }))
    cell = undefined
    cells++
  }
  const content = (tag: Tag) => {
    if (!cell) return
    if (tag.name === 'rPh') isPhonetic = tag.is === 'open'
    if (tag.name === 'f' && tag.is !== 'close') {
      const text = { from: tag.end, to: tag.end }
      cell.formula = { tag, text, from: tag.start, to: tag.end }
    }
    if (tag.is === 'open') from = tag.end
    if (tag.is !== 'close') return
    const text = { from, to: tag.start }
    if (tag.name === 'v') cell.value = text
    if (tag.name === 't' && !isPhonetic) cell.inline.push(text)
    if (tag.name === 'f' && cell.formula) cell.formula = { ...cell.formula, text, to: tag.end }
  }
  return {
    rows,
    isFull: () => cells >= mostCells,
    take(tag: Tag) {
      if (tag.name === 'row') return tag.is === 'close' ? endRow(tag) : startRow(tag)
      if (tag.name === 'c') return tag.is === 'close' ? endCell(tag) : startCell(tag)
      return content(tag)
    },
  }
}
