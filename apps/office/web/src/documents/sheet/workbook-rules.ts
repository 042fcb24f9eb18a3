import { mayMerge } from '../../../../src/documents/sheet/layout-in-document.ts'
import { whyFixed } from '../../../../src/documents/sheet/may-change.ts'
import { areaName, placeName } from '../../../../src/documents/sheet/reference.ts'
import type { Workbook } from '../../../../src/documents/sheet/workbook.ts'
import { strings } from '../../strings.ts'
import { foreignKey } from './foreign-formulas.ts'
import type { GridEvents } from './grid-events.ts'

export interface WorkbookRulesOptions {
  readonly workbook: Workbook
  /** Formulas that are shown as what they last came to. */
  readonly foreign: ReadonlySet<string>
  readonly isReadOnly: () => boolean
  /** Tells the user why not. */
  readonly say: (text: string) => void
}

type Rules = Pick<GridEvents, 'mayChange' | 'mayLayOut' | 'keepsLooks' | 'mayMerge'>

/** What a user may change in a workbook. */
export const workbookRules = ({ workbook, foreign, isReadOnly, say }: WorkbookRulesOptions): Rules => ({
  mayChange(place) {
    const sheet = workbook.sheets[place.sheet]
    if (isReadOnly() || !sheet) return false
    const why = whyFixed(workbook, sheet, place) ?? (foreign.has(foreignKey(place)) ? 'formula' : undefined)
    if (why !== undefined) say(strings.sheet.fixed(placeName(place), why))
    return why === undefined
  },
  mayLayOut(index) {
    const sheet = workbook.sheets[index]
    if (isReadOnly() || !sheet) return false
    if (sheet.isProtected) say(strings.sheet.fixed(sheet.name, 'protection'))
    return !sheet.isProtected
  },
  keepsLooks: (index) => workbook.sheets[index]?.isProtected ?? false,
  mayMerge(index, area) {
    const sheet = workbook.sheets[index]
    if (isReadOnly() || !sheet) return false
    const may = mayMerge(sheet, area)
    if (!may) say(strings.sheet.notMerged(areaName(area)))
    return may
  },
})
