import { attributeIn } from './tokens.ts'

/** The XML of a sheet, cut into its cells. */
export interface SheetSource {
  /** What stands before and after the rows. */
  readonly head: string
  readonly tail: string
  /** The tags of rows, by their numbers. */
  readonly rows: ReadonlyMap<number, string>
  /** The sources of cells, by their names, such as `B5`. */
  readonly cells: ReadonlyMap<string, string>
}

/** Cuts a sheet into its cells, by what its text looks like. */
export function sheetRows(xml: string): SheetSource {
  const opening = xml.match(/<(?:\w+:)?sheetData\b[^>]*>/)
  const at = opening?.index ?? xml.length
  const start = at + (opening?.[0].length ?? 0)
  const closing = xml.slice(start).match(/<\/(?:\w+:)?sheetData\s*>/)
  const isEmpty = opening?.[0].endsWith('/>') ?? true
  const end = isEmpty ? start : start + (closing?.index ?? 0)
  const rows = new Map<number, string>()
  const cells = new Map<string, string>()
  let number = 0
  for (const [row] of xml
    .slice(start, end)
    .matchAll(/<((?:\w+:)?row)\b(?:[^>"]|"[^"]*")*?(?:\/>|>[\s\S]*?<\/\1\s*>)/g)) {
    const tag = row.match(/^<(?:[^>"]|"[^"]*")*>/)?.[0] ?? ''
    number = Number(attributeIn(tag, 'r') ?? number + 1)
    rows.set(number, tag.replace(/\/>$/, '>'))
    for (const [name, source] of cellsOf(row.slice(tag.length), number)) cells.set(name, source)
  }
  const tail = isEmpty ? '' : (closing?.[0] ?? '')
  return { head: xml.slice(0, at), tail: xml.slice(end + tail.length), rows, cells }
}

function* cellsOf(row: string, number: number): Generator<readonly [string, string]> {
  let column = 0
  for (const [cell] of row.matchAll(/<((?:\w+:)?c)\b(?:[^>"]|"[^"]*")*?(?:\/>|>[\s\S]*?<\/\1\s*>)/g)) {
    const name = attributeIn(cell.slice(0, cell.indexOf('>') + 1), 'r')
    column = name === undefined ? column + 1 : columnNumber(name)
    yield [name ?? `${columnName(column)}${number}`, cell]
  }
}

const columnNumber = (name: string): number =>
  [...name.replace(/\d+$/, '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

/** The letters of a column, counted from 1. */
export const columnName = (column: number): string =>
  column <= 0 ? '' : columnName(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26))

/** The text in a child of a cell, as it is spelt. `undefined`: there is none. */
export function childText(cell: string, child: string): string | undefined {
  const found = cell.match(new RegExp(`<((?:\\w+:)?${child})\\b(?:[^>"]|"[^"]*")*?(?:/>|>([\\s\\S]*?)</\\1\\s*>)`))
  return found ? (found[2] ?? '') : undefined
}

/** A cell without what it has come to. */
export function withoutResult(cell: string): string {
  const tag = cell.slice(0, cell.indexOf('>') + 1)
  const bare = tag.replace(/\s+t\s*=\s*(?:"[^"]*"|'[^']*')/, '')
  return (bare + cell.slice(tag.length)).replace(/<((?:\w+:)?v)\b[^>]*?(?:\/>|>[\s\S]*?<\/\1\s*>)/, '')
}

/** Whether a cell spells or shares a formula. */
export const hasFormula = (cell: string): boolean => childText(cell, 'f') !== undefined
