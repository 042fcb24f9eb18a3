import type { SheetMarks, Stretch } from '../read/sheet-marks.ts'
import type { Tag } from '../xml/scan.ts'

/** An element right below the root of a sheet. */
export interface Section extends Stretch {
  readonly name: string
  readonly open: Tag
  /** The tags in it, but for its own. */
  readonly inner: readonly Tag[]
}

/** The elements right below the root of a sheet, in their order. */
export function sectionsOf({ tags }: SheetMarks): readonly Section[] {
  const found: Section[] = []
  let depth = 0
  let first = 0
  for (const [at, tag] of tags.entries()) {
    if (depth === 1 && tag.is !== 'close') first = at
    if (tag.is === 'open') depth++
    if (tag.is === 'close') depth--
    const open = tags[first]
    if (depth !== 1 || tag.is === 'open' || !open) continue
    found.push({ name: open.name, open, inner: tags.slice(first + 1, at), from: open.start, to: tag.end })
  }
  return found
}

/** As the schema orders what stands below the root of a sheet, as far as this program adds to it. */
const order =
  'sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells'.split(
    ' ',
  )

/** Where an element of this name goes that is not there yet. */
export function placeFor(marks: SheetMarks, name: string): number {
  const before = order.slice(0, order.indexOf(name))
  const last = sectionsOf(marks).findLast((section) => before.includes(section.name))
  const root = marks.tags.find(({ is }) => is !== 'close')
  return last?.to ?? root?.end ?? marks.data.from
}
