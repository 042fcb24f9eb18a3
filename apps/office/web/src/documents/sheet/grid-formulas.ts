import { ALL_IMPLEMENTED_FUNCTIONS_SET, NEW_EXCEL_FUNCTIONS } from '@univerjs/preset-sheets-core'
import { withNameMarks, withoutNameMarks } from '../../../../src/documents/sheet/formula/local-names.ts'
import { type Piece, piecesOf } from '../../../../src/documents/sheet/formula/pieces.ts'
import type { Workbook } from '../../../../src/documents/sheet/workbook.ts'

/** How files mark functions that came after their format. */
const mark = /^(_xlfn\.)?(_xlws\.)?/i
const doubleMarked: ReadonlySet<string> = new Set(['FILTER', 'SORT'])
const functions: ReadonlySet<string> = new Set([...ALL_IMPLEMENTED_FUNCTIONS_SET].map(String))
/** Functions on functions came later still. */
const onFunctions = 'LET LAMBDA MAP REDUCE SCAN BYROW BYCOL MAKEARRAY ISOMITTED'.split(' ')
const later: ReadonlySet<string> = new Set([...[...NEW_EXCEL_FUNCTIONS].map(String), ...onFunctions])

/** A formula of a file as the grid spells it. */
export const toGridFormula = (formula: string): string =>
  `=${spelt(withoutNameMarks(piecesOf(formula)), ({ is, text }) => (is === 'function' ? text.replace(mark, '') : text))}`

/** A formula of the grid as files spell it. */
export const fromGridFormula = (formula: string): string =>
  spelt(withNameMarks(piecesOf(formula.replace(/^=/, ''))), ({ is, text }) => {
    if (is === 'reference') return text.toUpperCase()
    return is === 'function' && !ofItsOwn.test(text) ? marked(text.toUpperCase()) : text
  })

const marked = (name: string): string => {
  if (!later.has(name)) return name
  return doubleMarked.has(name) ? `_xlfn._xlws.${name}` : `_xlfn.${name}`
}

const spelt = (pieces: readonly Piece[], spell: (piece: Piece) => string): string => pieces.map(spell).join('')

/** Names that a formula gives to values of its own. */
const ofItsOwn = /^_xlpm\./i

/** Whether the grid can calculate the formulas of a workbook. */
export function calculator({ sheets, names }: Workbook): (formula: string) => boolean {
  const known = new Set(names.map(({ name }) => name.toUpperCase()))
  const tabs = new Set(sheets.map(({ name }) => name.toUpperCase()))
  const isKnown = ({ is, text }: Piece): boolean => {
    if (ofItsOwn.test(text)) return true
    if (is === 'function')
      return functions.has(text.replace(mark, '').toUpperCase()) && !unsafe.has(text.replace(mark, '').toUpperCase())
    if (is === 'structured') return false
    if (is === 'sheet') return tabs.has(sheetName(text).toUpperCase())
    if (is === 'word') return constants.has(text.toUpperCase()) || known.has(text.toUpperCase())
    return text !== '@'
  }
  return (formula) => piecesOf(formula).every(isKnown)
}

/** What depends on more than the cells it names, or on where it is asked. */
const unsafe: ReadonlySet<string> = new Set(['CELL', 'INFO', 'WEBSERVICE', 'IMAGE', 'HYPERLINK', 'RTD'])
const constants: ReadonlySet<string> = new Set(['TRUE', 'FALSE'])

/** `'It''s'!` is the sheet It's. */
const sheetName = (piece: string): string =>
  piece
    .slice(0, -1)
    .replace(/^'([\s\S]*)'$/, '$1')
    .replaceAll("''", "'")
