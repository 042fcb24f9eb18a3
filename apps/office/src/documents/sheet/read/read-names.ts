import type { DefinedName } from '../workbook.ts'
import { textBetween } from '../xml/text.ts'
import type { Element } from './elements.ts'

/** The names that formulas of the workbook may use. `order`: the names of all sheets, also of those that are not read. */
export function readNames(
  list: Element | undefined,
  xml: string,
  { order, read }: { readonly order: readonly string[]; readonly read: readonly string[] },
): readonly DefinedName[] {
  return (list?.children ?? []).flatMap(({ attributes, open, close }) => {
    const { name = '', localSheetId } = attributes
    const sheet = localSheetId === undefined ? undefined : read.indexOf(order[Number(localSheetId)] ?? '')
    // Names that programs make for themselves, such as print areas, are in no formula.
    if (name.startsWith('_xlnm.') || sheet === -1) return []
    return [{ name, formula: textBetween(xml, open.end, close.start), ...(sheet !== undefined && { sheet }) }]
  })
}
