import type { LineChange } from '../changes.ts'
import type { SheetMarks } from '../read/sheet-marks.ts'
import type { Sheet } from '../workbook.ts'
import { attributesOf } from '../xml/attributes.ts'
import { placeFor, sectionsOf } from './sections.ts'
import { type Splice, withAttribute } from './splices.ts'

/** What columns have that say nothing of their width. */
const usualWidth = 9.140625

/** A stretch of columns, counted from zero, and the tag that speaks of it. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly tag: string
}

/** The splices that make columns wider, narrower, hidden or seen. */
export function columnSplices(
  marks: SheetMarks,
  changes: readonly LineChange[],
  { defaultWidth = usualWidth }: Sheet,
): readonly Splice[] {
  if (changes.length === 0) return []
  const { prefix } = marks.data.tag
  const list = sectionsOf(marks).find(({ name }) => name === 'cols')
  const known = (list?.inner ?? []).flatMap((tag): readonly Stretch[] => {
    if (tag.name !== 'col' || tag.is === 'close') return []
    const { min, max } = attributesOf(tag)
    const written = marks.xml.slice(tag.start, tag.end).replace(/\s*\/?>$/, '/>')
    return [{ from: Number(min) - 1, to: Number(max) - 1, tag: written }]
  })
  const asked = [...changes].sort((one, other) => one.index - other.index)
  const changed = asked.map(({ index, size, isHidden }): Stretch => {
    const old = known.find(({ from, to }) => index >= from && index <= to)
    const base = old?.tag ?? `<${prefix}col width="${defaultWidth}"/>`
    const sized = size === undefined ? base : withWidth(base, size)
    const tag = isHidden === undefined ? sized : withAttribute(sized, 'hidden', isHidden ? '1' : undefined)
    return { from: index, to: index, tag }
  })
  const all = [...known.flatMap((one) => without(one, asked)), ...changed].sort((one, other) => one.from - other.from)
  const text = `<${prefix}cols>${all.map(spelt).join('')}</${prefix}cols>`
  const at = list ?? { from: placeFor(marks, 'cols'), to: placeFor(marks, 'cols') }
  return [{ from: at.from, to: at.to, text }]
}

/** A width that someone has set fits to nothing by itself. */
const withWidth = (tag: string, width: number): string =>
  withAttribute(withAttribute(withAttribute(tag, 'width', String(width)), 'customWidth', '1'), 'bestFit', undefined)

const spelt = ({ from, to, tag }: Stretch): string =>
  withAttribute(withAttribute(tag, 'min', String(from + 1)), 'max', String(to + 1))

/** What is left of a stretch without some of its columns. */
function without(stretch: Stretch, gone: readonly LineChange[]): readonly Stretch[] {
  const left: Stretch[] = []
  let { from } = stretch
  for (const { index } of gone) {
    if (index < from || index > stretch.to) continue
    if (index > from) left.push({ ...stretch, from, to: index - 1 })
    from = index + 1
  }
  return from <= stretch.to ? [...left, { ...stretch, from }] : left
}
