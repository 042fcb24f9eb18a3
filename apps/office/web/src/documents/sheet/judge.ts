import { CommandType, type ICellData, type ICommandInfo } from '@univerjs/core'
import { longestText } from '../../../../src/documents/sheet/changes.ts'
import type { Area } from '../../../../src/documents/sheet/reference.ts'
import { formats, formattedPlaces } from './grid-formats.ts'
import { type GridPlace, sheetIndex } from './grid-place.ts'
import { renames } from './keep-tabs.ts'
import { keptStyle, onlyNumberFormat } from './kept-style.ts'
import { addsMerges, areasIn, isOfLayout, subUnitOf } from './layout-events.ts'

/** The name of the change that gives cells another content or look. */
export const setValues = 'sheet.mutation.set-range-values'

/** What becomes of something that the user has set off. `held`: whoever was asked has said why not. */
export type Verdict = 'allowed' | 'refused' | 'held' | 'too long' | 'too many'

/** Changes of the grid that are not of the workbook: what is drawn, typed into an open cell, or calculated. */
const harmless = /^(doc|formula|ui|sheet\.mutation\.set-worksheet-row-(is-)?auto-height|sheet\.mutation\.empty)\b/
/** Commands that change the content of cells at most, or the way numbers are shown in them. */
const ofContent =
  /^sheet\.command\.(auto-|refill|clear-selection-(content|all)$|copy$|copy-(down|right|formula)|cut$|paste|optional-paste|expand-|move-selection|select|scroll|set-scroll|set-range-values$|set-worksheet-activate$|set-zoom|change-zoom|numfmt|text-to-number)/
/** Commands that change how cells look, and how a sheet is laid out. */
const ofTools =
  /^sheet\.command\.(set-(range-)?(bold|italic|underline|stroke|fontsize|font-(size|family|increase|decrease)|text-color)$|set-style$|(re)?set-(range-)?(text|background)-color$|set-border|set-(horizontal|vertical)-text-align$|set-text-(wrap|rotation)$|clear-selection-format$|(set-(once|infinite)|apply)-format-painter$|delta-(column-width|row-height)$|set-worksheet-col-width$|set-row-height$|set-col-auto-width$|set-(rows|col)-hidden$|hide-(row|col)-confirm$|set-selected-(rows|cols)-visible$|set-specific-rows-visible$|set-col-visible-on-cols$|add-worksheet-merge|remove-worksheet-merge$|(set|cancel)(-(row|col|selection|first-row|first-column))?-frozen$)/
const opensEditor = 'sheet.operation.set-cell-edit-visible'

/** More cells than a browser formats at once. */
const mostLooks = 20_000

export interface Rules {
  readonly mayChange: (place: GridPlace) => boolean
  /** Whether cells of a sheet may look another way, and the sheet be laid out another way. */
  readonly mayLayOut: (sheet: number) => boolean
  /** Whether cells of a sheet look as they do whatever is typed into them: it is protected. */
  readonly keepsLooks: (sheet: number) => boolean
  readonly mayMerge: (sheet: number, area: Area) => boolean
  /** The cell that would be typed into. */
  readonly current: () => GridPlace
  /** What a cell holds now. */
  readonly held: (place: GridPlace) => ICellData | undefined
  /** Whether more than the content of cells can be changed at all. */
  readonly hasTools: boolean
}

/** Whether something that the user has set off may happen. */
export function judge({ id, type, params }: Readonly<ICommandInfo>, rules: Rules): Verdict {
  if (id === setValues) return judgeValues(params, rules)
  if (formats.has(id)) return judgeFormats(params, rules.mayChange)
  if (rules.hasTools && isOfLayout(id)) return judgeLayout(id, params, rules)
  if (id === opensEditor) return !opens(params) || rules.mayChange(rules.current()) ? 'allowed' : 'held'
  if (id === renames) return 'refused'
  if (type === CommandType.MUTATION) return harmless.test(id) ? 'allowed' : 'refused'
  const isKnown = ofContent.test(id) || (rules.hasTools && ofTools.test(id))
  return !id.startsWith('sheet.command.') || isKnown ? 'allowed' : 'refused'
}

function judgeLayout(id: string, params: unknown, { mayLayOut, mayMerge }: Rules): Verdict {
  const sheet = sheetIndex(subUnitOf(params))
  if (!mayLayOut(sheet)) return 'held'
  return id !== addsMerges || areasIn(params).every((area) => mayMerge(sheet, area)) ? 'allowed' : 'held'
}

/** Whole rows and columns are not given a format cell by cell. */
function judgeFormats(params: unknown, mayChange: Rules['mayChange']): Verdict {
  const places = formattedPlaces(params)
  if (!places) return 'refused'
  return places.every(mayChange) ? 'allowed' : 'held'
}

const opens = (params: unknown): boolean =>
  typeof params === 'object' && params !== null && Reflect.get(params, 'visible') === true

function judgeValues(params: unknown, { mayChange, mayLayOut, keepsLooks, held, hasTools }: Rules): Verdict {
  const values = valuesIn(params)
  const looks = values.filter(({ cell }) => cell && 's' in cell)
  if (hasTools && looks.length > mostLooks) return 'too many'
  // What is typed may bring a number format along: that alone is no change of looks.
  const onlyLooks = looks.filter(({ place, cell }) => !changesContent(cell, held(place)))
  const sheets = new Set(onlyLooks.map(({ place }) => place.sheet))
  if (hasTools && ![...sheets].every(mayLayOut)) return 'held'
  for (const { place, cell } of values) {
    if (changesContent(cell, held(place)) && !mayChange(place)) return 'held'
    if (typeof cell?.v === 'string' && cell.v.length > longestText) return 'too long'
    if (!cell || !('s' in cell)) continue
    if (keepsLooks(place.sheet)) delete cell.s
    else if (hasTools) keptStyle(cell)
    else onlyNumberFormat(cell)
  }
  return 'allowed'
}

/** Whether a cell gets another content. What is undone names the content that stays, too. */
function changesContent(cell: ICellData | null, held: ICellData | undefined): boolean {
  if (!cell) return held?.v !== undefined || held?.f !== undefined
  const isOther = (key: 'v' | 'f' | 'si') => key in cell && (cell[key] ?? null) !== (held?.[key] ?? null)
  return isOther('v') || isOther('f') || isOther('si') || (cell.p ?? null) !== null
}

/** The cells that a change is about. */
export function valuesIn(params: unknown): readonly { readonly place: GridPlace; readonly cell: ICellData | null }[] {
  const found: { place: GridPlace; cell: ICellData | null }[] = []
  if (typeof params !== 'object' || params === null) return found
  const { subUnitId, cellValue }: { subUnitId?: string; cellValue?: Record<string, Record<string, ICellData | null>> } =
    params
  const sheet = sheetIndex(subUnitId ?? '')
  for (const [row, cells] of Object.entries(cellValue ?? {})) {
    for (const [column, cell] of Object.entries(cells)) {
      found.push({ place: { sheet, row: Number(row), column: Number(column) }, cell })
    }
  }
  return found
}
