import type { Change } from './change.ts'
import { comparePartBytes, type Parts, partsOf, textOfPart } from './parts.ts'
import { hasFormula, sheetRows, withoutResult } from './sheet-rows.ts'
import { attributeIn } from './tokens.ts'
import { typedProblems } from './typed-cell.ts'
import { sheetParts } from './workbook-parts.ts'

export interface SheetComparison {
  /** What is otherwise than it should be, as sentences. Empty: nothing. */
  readonly problems: readonly string[]
  /** Formulas that have come to something else, as `Sheet!B5`. */
  readonly recalculated: readonly string[]
}

/** Compares a workbook with itself after one cell was typed into. */
export function compareSheets(before: Uint8Array, after: Uint8Array, change: Change): SheetComparison {
  const [one, other] = [partsOf(before), partsOf(after)]
  const { lost, added, changed } = comparePartBytes(one, other)
  const sheets = sheetParts(one)
  const recalculated: string[] = []
  const problems = [
    ...lost.map((name) => `the part ${name} is lost`),
    ...added.map((name) => `the part ${name} is new`),
  ]
  if (changed.length === 0) problems.push('nothing has changed')
  for (const part of changed) {
    const sheet = sheets.find((each) => each.part === part)
    if (!sheet) problems.push(...strayProblems(one, other, part))
    else {
      const name = sheet.name === change.cell?.sheet ? change.cell.name : undefined
      const found = compareSheet([textOfPart(one, part), textOfPart(other, part)], { change, name })
      problems.push(...found.problems.map((problem) => `${sheet.name}: ${problem}`))
      recalculated.push(...found.recalculated.map((cell) => `${sheet.name}!${cell}`))
    }
  }
  return { problems, recalculated }
}

/** A workbook may be told to have everything calculated by whoever opens it next; nothing else may change. */
function strayProblems(before: Parts, after: Parts, part: string): readonly string[] {
  const plain = (parts: Parts) => textOfPart(parts, part).replace(/<((?:\w+:)?calcPr)\b[^>]*?(?:\/>|>\s*<\/\1>)/, '')
  const isWorkbook = /^xl\/workbook\w*\.xml$/.test(part)
  return isWorkbook && plain(before) === plain(after) ? [] : [`the part ${part} has changed`]
}

interface Target {
  readonly change: Change
  /** The cell that was typed into. `undefined`: none of this sheet. */
  readonly name: string | undefined
}

function compareSheet([before, after]: readonly [string, string], { change, name }: Target): SheetComparison {
  const [one, other] = [sheetRows(before), sheetRows(after)]
  const problems: string[] = []
  const recalculated: string[] = []
  const head = (text: string) => text.replace(/<(?:\w+:)?dimension\b[^>]*?(?:\/>|>\s*<\/(?:\w+:)?dimension>)/, '')
  if (head(one.head) !== head(other.head)) problems.push('what stands before the rows has changed')
  if (one.tail !== other.tail) problems.push('what stands after the rows has changed')
  const row = Number(name?.match(/\d+$/)?.[0])
  for (const number of new Set([...one.rows.keys(), ...other.rows.keys()])) {
    const [was, is] = [one.rows.get(number), other.rows.get(number)]
    if (was !== is && !(number === row && isRowKept(was, is))) problems.push(`row ${number} has changed`)
  }
  for (const cell of new Set([...one.cells.keys(), ...other.cells.keys()])) {
    const [was, is] = [one.cells.get(cell), other.cells.get(cell)]
    if (cell === name) problems.push(...typedProblems(was, is, change))
    else if (was !== undefined && is !== undefined && was !== is && isRecalculated(was, is)) recalculated.push(cell)
    else if (was !== is) problems.push(`${cell} has changed`)
  }
  return { problems, recalculated }
}

/** A row that a cell is added to may reach further, and one that was not there may be new. */
function isRowKept(was: string | undefined, is: string | undefined): boolean {
  const plain = (tag: string) => tag.replace(/\s+spans\s*=\s*"[^"]*"/, '').replace(/\s*>$/, '>')
  if (is === undefined) return false
  return was === undefined ? attributeIn(is, 'r') !== undefined : plain(was) === plain(is)
}

const isRecalculated = (was: string, is: string): boolean => hasFormula(was) && withoutResult(was) === withoutResult(is)
