import type * as Y from 'yjs'
import type { Line, LineChange, LookChange, SheetChanges } from './changes.ts'
import { type Look, readLook } from './look.ts'
import {
  type Area,
  areaName,
  columnName,
  mostColumns,
  mostRows,
  overlaps,
  placeName,
  readArea,
  readColumn,
  readPlace,
} from './reference.ts'
import type { Sheet } from './workbook.ts'

/** How cells of a sheet are to look, by the names of their places. */
export const sharedLooks = (document: Y.Doc, sheet: string): Y.Map<unknown> => document.getMap(`looks of ${sheet}`)

/** Rows, by their numbers, and columns, by their letters. */
export const sharedLines = (document: Y.Doc, sheet: string): Y.Map<unknown> => document.getMap(`lines of ${sheet}`)

/** By the names of areas, whether they are shown as one cell now. */
export const sharedMerges = (document: Y.Doc, sheet: string): Y.Map<unknown> => document.getMap(`merges of ${sheet}`)

const panes = (document: Y.Doc): Y.Map<unknown> => document.getMap('panes')

/** How many rows and columns of a sheet stay in sight. */
export const shareFrozen = (document: Y.Doc, sheet: string, frozen: Sheet['frozen']): void =>
  void panes(document).set(sheet, { ...frozen })

/** Calls back when anybody freezes rows or columns of any sheet. */
export const onFrozen = (document: Y.Doc, listener: (sheets: ReadonlySet<string>, isOwn: boolean) => void): void =>
  panes(document).observe((event, { local }) => listener(event.keysChanged, local))

type Layout = Pick<SheetChanges, 'looks' | 'rows' | 'columns' | 'merges' | 'frozen'>

/** What a shared document changes in a sheet beside its content. What may not be, is left out. */
export function layoutIn(document: Y.Doc, sheet: Sheet): Layout {
  if (sheet.isProtected) return {}
  const looks = [...sharedLooks(document, sheet.name)].flatMap(([name, raw]) => lookChange(name, raw))
  const lines = [...sharedLines(document, sheet.name)]
  const rows = lines.flatMap(([name, raw]) => lineChange(readRow(name), raw))
  const columns = lines.flatMap(([name, raw]) => lineChange(readColumnName(name), raw))
  const frozen = readFrozen(panes(document).get(sheet.name))
  const hasMerges = sharedMerges(document, sheet.name).size > 0
  return {
    ...(looks.length > 0 && { looks }),
    ...(rows.length > 0 && { rows }),
    ...(columns.length > 0 && { columns }),
    ...(hasMerges && { merges: mergesIn(document, sheet) }),
    ...(frozen && { frozen }),
  }
}

function lookChange(name: string, raw: unknown): LookChange[] {
  const place = readPlace(name)
  const look: Look = readLook(raw)
  return place && Object.keys(look).length > 0 ? [{ ...place, look }] : []
}

function lineChange(index: number | undefined, raw: unknown): LineChange[] {
  return index === undefined ? [] : [{ index, ...readLine(raw) }]
}

/** What another browser has sent of a row or column. */
export function readLine(raw: unknown): Line {
  if (typeof raw !== 'object' || raw === null) return {}
  const size: unknown = Reflect.get(raw, 'size')
  const isHidden: unknown = Reflect.get(raw, 'isHidden')
  return {
    ...(typeof size === 'number' && size >= 0 && size <= 409 && { size }),
    ...(typeof isHidden === 'boolean' && { isHidden }),
  }
}

/** The name of a row or column in what is shared. */
export const lineName = (is: 'row' | 'column', index: number): string =>
  is === 'row' ? String(index + 1) : columnName(index)

/** The row of this name. `undefined`: there is none. */
export const readRow = (name: string): number | undefined =>
  /^[1-9]\d{0,6}$/.test(name) && Number(name) <= mostRows ? Number(name) - 1 : undefined

/** The column of this name. `undefined`: there is none. */
export const readColumnName = (name: string): number | undefined =>
  /^[A-Z]{1,3}$/.test(name) && readColumn(name) < mostColumns ? readColumn(name) : undefined

/** A number of rows and columns as another browser has sent it. */
export function readFrozen(raw: unknown): Sheet['frozen'] | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined
  const [rows, columns]: unknown[] = [Reflect.get(raw, 'rows'), Reflect.get(raw, 'columns')]
  const isCount = (count: unknown): count is number => Number.isInteger(count) && Number(count) >= 0
  return isCount(rows) && isCount(columns) && rows < 1_000 && columns < 1_000 ? { rows, columns } : undefined
}

/** The blocks that are shown as one cell. Where two people made some that overlap, the first stays. */
export function mergesIn(document: Y.Doc, sheet: Sheet): readonly Area[] {
  const shared = sharedMerges(document, sheet.name)
  const kept = sheet.merges.filter((area) => shared.get(areaName(area)) !== false)
  const known = new Set(kept.map(areaName))
  const names = [...shared.keys()].filter((name) => shared.get(name) === true && !known.has(name)).sort()
  for (const name of names) {
    const area = readArea(name)
    const isFree = area && areaName(area) === name && placeName(area.from) !== name && mayMerge(sheet, area)
    if (isFree && !kept.some((one) => overlaps(one, area))) kept.push(area)
  }
  return kept
}

/** Whether an area may be shown as one cell: not where something larger needs its cells one by one. */
export const mayMerge = ({ held, tables, isProtected }: Sheet, area: Area): boolean =>
  !isProtected && ![...held.map((one) => one.area), ...tables].some((one) => overlaps(one, area))
