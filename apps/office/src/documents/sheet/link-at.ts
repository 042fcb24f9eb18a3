import { contains, type Place } from './reference.ts'
import type { CellLink, Sheet } from './workbook.ts'

const inFormula = /^\s*HYPERLINK\(\s*"((?:[^"]|"")*)"/i

/** Where a cell leads, by its sheet or by its formula. `undefined`: nowhere. */
export function linkAt(
  { links }: Sheet,
  place: Place,
  formula: string | undefined,
): Omit<CellLink, 'area'> | undefined {
  const found = links.find(({ area }) => contains(area, place))
  if (found) return found
  const spelt = inFormula.exec(formula ?? '')?.[1]?.replaceAll('""', '"')
  if (spelt === undefined) return undefined
  return spelt.startsWith('#') ? { location: spelt.slice(1) } : { address: spelt }
}

const sheetAndCell = /^(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Za-z]{1,3}\$?\d+)/

/** The sheet and the cell that a location names. `undefined`: it names none. */
export function readLocation(location: string): { readonly sheet: string; readonly cell: string } | undefined {
  const [, quoted, plain, cell] = sheetAndCell.exec(location) ?? []
  const sheet = quoted?.replaceAll("''", "'") ?? plain
  return sheet === undefined || cell === undefined ? undefined : { sheet, cell }
}
