import { isSameValue, type Line, type SheetChanges } from '../changes.ts'
import { areaName, type Place, placeName } from '../reference.ts'
import { styleOfPlace } from '../style-of-place.ts'
import { looksSame, styled } from '../styled.ts'
import type { CellStyle, Sheet } from '../workbook.ts'
import type { KnownCells } from './known-cells.ts'

/** What a sheet is before it changes. */
export interface Before {
  /** As it was read from the same part. */
  readonly sheet: Sheet
  readonly known: KnownCells
  readonly styles: readonly CellStyle[]
}

/** Leaves out what is so already, and results of what is no formula. */
export function withoutIdle(asked: SheetChanges, before: Before): SheetChanges {
  const { sheet, known } = before
  const rows = (asked.rows ?? []).filter(({ index, ...line }) => changesRow(known.rows.get(index), line))
  const columns = (asked.columns ?? []).filter((one) => changesColumn(sheet, one))
  const looks = looksOf(asked, before)
  const { merges, frozen } = asked
  const isFrozenSo = sheet.frozen.rows === frozen?.rows && sheet.frozen.columns === frozen.columns
  return {
    ...contentOf(asked, before),
    ...(looks.length > 0 && { looks }),
    ...(rows.length > 0 && { rows }),
    ...(columns.length > 0 && { columns }),
    ...(merges && namesOf(merges) !== namesOf(sheet.merges) && { merges }),
    ...(frozen && !isFrozenSo && { frozen }),
  }
}

/** Whether anything changes. */
export const isIdle = ({ typed, calculated, ...layout }: SheetChanges): boolean =>
  typed.length + calculated.length + Object.keys(layout).length === 0

const namesOf = (areas: Sheet['merges']): string => areas.map(areaName).sort().join()

function contentOf({ typed, calculated }: SheetChanges, { known, styles }: Before) {
  const isFormula = (place: Place) => known.at(place)?.mark.formula !== undefined
  const names = new Set(typed.map(placeName))
  return {
    typed: typed.filter((change) => {
      const { cell } = known.at(change) ?? {}
      const isSame = isSameValue(cell?.value ?? null, change.value) && cell?.formula === change.formula
      return !isSame || (change.format !== undefined && (!cell || formatOf(styles, cell.style) !== change.format))
    }),
    calculated: calculated.filter((one) => {
      const isOpen = isFormula(one) && !names.has(placeName(one))
      return isOpen && !isSameValue(known.at(one)?.cell.value ?? null, one.value)
    }),
  }
}

const formatOf = (styles: readonly CellStyle[], style: number): string => styles[style]?.format ?? 'General'

function looksOf({ looks = [] }: SheetChanges, { sheet, known, styles }: Before) {
  return looks.filter(({ look, ...place }) => {
    const number = known.at(place)?.cell.style ?? styleOfPlace(sheet, known.rows.get(place.row), place.column)
    const style = styles[number]
    return style !== undefined && !looksSame(style, styled(style, look))
  })
}

const changesRow = (row: { height?: number; isHidden?: boolean } | undefined, { size, isHidden }: Line): boolean =>
  (size !== undefined && size !== row?.height) || (isHidden !== undefined && isHidden !== (row?.isHidden ?? false))

function changesColumn({ columns }: Sheet, { index, size, isHidden }: Line & { readonly index: number }): boolean {
  const column = columns.find(({ from, to }) => index >= from && index <= to)
  const isOther = isHidden !== undefined && isHidden !== (column?.isHidden ?? false)
  return isOther || (size !== undefined && size !== column?.width)
}
