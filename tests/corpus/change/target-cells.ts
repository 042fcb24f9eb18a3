import { type Parts, partsOf, textOfPart } from '../compare/parts.ts'
import { hasFormula, sheetRows } from '../compare/sheet-rows.ts'
import { attributeIn, localNameOf, tokensOf } from '../compare/tokens.ts'
import { sheetParts, workbookPart } from '../compare/workbook-parts.ts'

/** A cell that somebody might type into, and what. */
export interface Target {
  readonly sheet: string
  readonly name: string
  readonly text: string
}

const most = 6
const number = '4242'
const word = 'Zebrafink'

/** Cells of the sheet in front: numbers before words before a place where nothing is yet. */
export function targetCells(bytes: Uint8Array): readonly Target[] {
  const parts = partsOf(bytes)
  const front = sheetInFront(parts)
  if (!front) return []
  const cells = [...sheetRows(textOfPart(parts, front.part)).cells]
  const constants = cells.filter(([, source]) => !hasFormula(source) && /<(?:\w+:)?(v|is)\b/.test(source))
  const isNumber = (source: string) =>
    ['n', undefined].includes(attributeIn(source.slice(0, source.indexOf('>') + 1), 't'))
  const chosen = [
    ...spread(constants.filter(([, source]) => isNumber(source))).map(([name]) => ({ name, text: number })),
    ...spread(constants.filter(([, source]) => !isNumber(source))).map(([name]) => ({ name, text: word })),
    ...['A1', 'B2', 'H20'].map((name) => ({ name, text: word })),
  ]
  return chosen.map((target) => ({ ...target, sheet: front.name }))
}

/** Some of a list, from all over it. */
const spread = <T>(all: readonly T[]): readonly T[] => {
  const step = Math.max(1, Math.ceil(all.length / most))
  const start = Math.floor(step / 2)
  return all.filter((_, index) => index % step === start).slice(0, most)
}

function sheetInFront(parts: Parts) {
  const sheets = sheetParts(parts)
  const view = tokensOf(textOfPart(parts, workbookPart(parts))).find((tag) => localNameOf(tag) === 'workbookView')
  const active = sheets[Number((view && attributeIn(view, 'activeTab')) ?? 0)]
  return active && !active.isHidden ? active : sheets.find(({ isHidden }) => !isHidden)
}
