import type { SheetChanges } from '../changes.ts'
import type { SheetMarks } from '../read/sheet-marks.ts'
import { areaName, placeName } from '../reference.ts'
import type { Sheet } from '../workbook.ts'
import { columnSplices } from './patch-columns.ts'
import { placeFor, sectionsOf } from './sections.ts'
import type { Splice } from './splices.ts'

/** The splices that give a sheet other widths, merged cells and frozen panes. */
export const layoutSplices = (marks: SheetMarks, changes: SheetChanges, sheet: Sheet): readonly Splice[] => [
  ...columnSplices(marks, changes.columns ?? [], sheet),
  ...(changes.merges ? mergeSplices(marks, changes.merges) : []),
  ...(changes.frozen ? paneSplices(marks, changes.frozen) : []),
]

function mergeSplices(marks: SheetMarks, merges: NonNullable<SheetChanges['merges']>): readonly Splice[] {
  const { prefix } = marks.data.tag
  const before = sectionsOf(marks).find(({ name }) => name === 'mergeCells')
  const cells = merges.map((area) => `<${prefix}mergeCell ref="${areaName(area)}"/>`).join('')
  const text = cells === '' ? '' : `<${prefix}mergeCells count="${merges.length}">${cells}</${prefix}mergeCells>`
  const at = before ?? { from: placeFor(marks, 'mergeCells'), to: placeFor(marks, 'mergeCells') }
  return [{ from: at.from, to: at.to, text }]
}

function paneSplices(marks: SheetMarks, frozen: Sheet['frozen']): readonly Splice[] {
  const { prefix } = marks.data.tag
  const panes = paneMarkup(prefix, frozen)
  const views = sectionsOf(marks).find(({ name }) => name === 'sheetViews')
  const view = views?.inner.find(({ name, is }) => name === 'sheetView' && is !== 'close')
  if (!views || !view) {
    const at = views ?? { from: placeFor(marks, 'sheetViews'), to: placeFor(marks, 'sheetViews') }
    const text = `<${prefix}sheetViews><${prefix}sheetView workbookViewId="0">${panes}</${prefix}sheetView></${prefix}sheetViews>`
    return [{ from: at.from, to: at.to, text }]
  }
  if (view.is === 'empty') {
    const opened = marks.xml.slice(view.start, view.end).replace(/\s*\/>$/, '>')
    return [{ from: view.start, to: view.end, text: `${opened}${panes}</${view.prefix}sheetView>` }]
  }
  const end = views.inner.findIndex(
    ({ name, is, start }) => name === 'sheetView' && is === 'close' && start > view.start,
  )
  const inside = views.inner.slice(views.inner.indexOf(view) + 1, end)
  const gone = inside.filter(({ name, is }) => (name === 'pane' || name === 'selection') && is === 'empty')
  return [
    { from: view.end, to: view.end, text: panes },
    ...gone.map(({ start, end: to }) => ({ from: start, to, text: '' })),
  ]
}

/** The element `pane`, and where the cursor is in it: without one, a part of the sheet takes no key strokes. */
function paneMarkup(prefix: string, { rows, columns }: Sheet['frozen']): string {
  if (rows === 0 && columns === 0) return ''
  const sizes = `${columns > 0 ? ` xSplit="${columns}"` : ''}${rows > 0 ? ` ySplit="${rows}"` : ''}`
  const active = rows > 0 ? (columns > 0 ? 'bottomRight' : 'bottomLeft') : 'topRight'
  const first = placeName({ row: rows, column: columns })
  return `<${prefix}pane${sizes} topLeftCell="${first}" activePane="${active}" state="frozen"/><${prefix}selection pane="${active}" activeCell="${first}" sqref="${first}"/>`
}
