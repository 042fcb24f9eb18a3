/** A cell by its row and column, both counted from zero. */
export interface Place {
  readonly row: number
  readonly column: number
}

/** A block of cells; its corners belong to it. */
export interface Area {
  readonly from: Place
  readonly to: Place
}

/** As many as any spreadsheet has. */
export const mostRows = 1_048_576
export const mostColumns = 16_384

const shape = /^\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})$/

/** The place that `A1` names. `undefined`: it names none. */
export function readPlace(name: string): Place | undefined {
  const found = shape.exec(name)
  if (!found) return undefined
  const [, letters = '', digits = ''] = found
  const place = { row: Number(digits) - 1, column: readColumn(letters) }
  return place.row < mostRows && place.column < mostColumns ? place : undefined
}

/** The number of the column `A`, which is 0. */
export function readColumn(letters: string): number {
  let number = 0
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64
  return number - 1
}

/** The letters of a column. */
export function columnName(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest > 0 ? columnName(rest - 1) : '') + String.fromCharCode(65 + (column % 26))
}

/** `A1`. */
export const placeName = ({ row, column }: Place): string => columnName(column) + (row + 1)

/** The block that `A1:B2` or `A1` names. `undefined`: it names none. */
export function readArea(name: string): Area | undefined {
  const [first = '', last = first] = name.split(':')
  const [a, b] = [readPlace(first), readPlace(last)]
  if (!a || !b) return undefined
  return {
    from: { row: Math.min(a.row, b.row), column: Math.min(a.column, b.column) },
    to: { row: Math.max(a.row, b.row), column: Math.max(a.column, b.column) },
  }
}

/** `A1:B2`, or `A1` where it is one cell. */
export function areaName({ from, to }: Area): string {
  const isOne = from.row === to.row && from.column === to.column
  return isOne ? placeName(from) : `${placeName(from)}:${placeName(to)}`
}

export const contains = ({ from, to }: Area, { row, column }: Place): boolean =>
  row >= from.row && row <= to.row && column >= from.column && column <= to.column

/** The smallest block with both. */
export const around = (area: Area | undefined, place: Place): Area =>
  area
    ? {
        from: { row: Math.min(area.from.row, place.row), column: Math.min(area.from.column, place.column) },
        to: { row: Math.max(area.to.row, place.row), column: Math.max(area.to.column, place.column) },
      }
    : { from: place, to: place }

export const overlaps = (one: Area, other: Area): boolean =>
  one.from.row <= other.to.row &&
  other.from.row <= one.to.row &&
  one.from.column <= other.to.column &&
  other.from.column <= one.to.column
