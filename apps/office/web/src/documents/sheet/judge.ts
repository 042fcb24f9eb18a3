import { CommandType, type ICellData, type ICommandInfo } from '@univerjs/core'
import { longestText } from '../../../../src/documents/sheet/changes.ts'
import { formats, formattedPlaces } from './grid-formats.ts'
import { type GridPlace, sheetIndex } from './grid-place.ts'

/** The name of the change that gives cells another content. */
export const setValues = 'sheet.mutation.set-range-values'

/** What becomes of something that the user has set off. `held`: whoever was asked has said why not. */
export type Verdict = 'allowed' | 'refused' | 'held' | 'too long'

/** Changes of the grid that are not of the workbook: what is drawn, typed into an open cell, or calculated. */
const harmless = /^(doc|formula|ui|sheet\.mutation\.set-worksheet-row-(is-)?auto-height|sheet\.mutation\.empty)\b/
/** Commands that change the content of cells at most, or the way numbers are shown in them. */
const ofContent =
  /^sheet\.command\.(auto-|refill|clear-selection-(content|all)$|copy$|copy-(down|right|formula)|cut$|paste|optional-paste|expand-|move-selection|select|scroll|set-scroll|set-range-values$|set-worksheet-activate$|set-zoom|change-zoom|numfmt|text-to-number)/
const opensEditor = 'sheet.operation.set-cell-edit-visible'

export interface Rules {
  readonly mayChange: (place: GridPlace) => boolean
  /** The cell that would be typed into. */
  readonly current: () => GridPlace
}

/** Whether something that the user has set off may happen. */
export function judge({ id, type, params }: Readonly<ICommandInfo>, { mayChange, current }: Rules): Verdict {
  if (id === setValues) return judgeValues(params, mayChange)
  if (formats.has(id)) return judgeFormats(params, mayChange)
  if (id === opensEditor) return !opens(params) || mayChange(current()) ? 'allowed' : 'held'
  if (type === CommandType.MUTATION) return harmless.test(id) ? 'allowed' : 'refused'
  return !id.startsWith('sheet.command.') || ofContent.test(id) ? 'allowed' : 'refused'
}

/** Whole rows and columns are not given a format cell by cell. */
function judgeFormats(params: unknown, mayChange: Rules['mayChange']): Verdict {
  const places = formattedPlaces(params)
  if (!places) return 'refused'
  return places.every(mayChange) ? 'allowed' : 'held'
}

const opens = (params: unknown): boolean =>
  typeof params === 'object' && params !== null && Reflect.get(params, 'visible') === true

function judgeValues(params: unknown, mayChange: (place: GridPlace) => boolean): Verdict {
  for (const { place, cell } of valuesIn(params)) {
    if (!mayChange(place)) return 'held'
    if (typeof cell?.v === 'string' && cell.v.length > longestText) return 'too long'
    onlyContent(cell)
  }
  return 'allowed'
}

/** How a cell looks comes along when it is pasted, and would be gone when the file is opened again. */
function onlyContent(cell: ICellData | null): void {
  if (!cell || !('s' in cell)) return
  const pattern = typeof cell.s === 'object' ? cell.s?.n?.pattern : undefined
  if (pattern === undefined) delete cell.s
  else cell.s = { n: { pattern } }
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
