import type { Package } from '../../package/package.ts'
import type { Unseen } from '../workbook.ts'
import { readXml } from './read-xml.ts'

const byPart: readonly (readonly [Unseen, RegExp])[] = [
  ['charts', /^xl\/charts\/chart/],
  ['pictures', /^xl\/media\//],
  ['comments', /^xl\/(comments|threadedComments)/],
  ['pivot tables', /^xl\/pivotTables\//],
  ['macros', /^xl\/vbaProject\.bin$/],
]

/** What there is in a workbook that cannot be seen here, though it is kept. */
export function unseenIn(document: Package, hasOtherSheets: boolean): readonly Unseen[] {
  const found = byPart.filter(([, shape]) => document.names.some((name) => shape.test(name))).map(([what]) => what)
  const sheets = document.names.filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
  const hasTag = (shape: RegExp) => sheets.some((name) => shape.test(readXml(document, name)))
  if (hasTag(/<(\w+:)?conditionalFormatting[\s>]/)) found.push('conditional formats')
  if (hasTag(/<(\w+:)?dataValidations[\s>]/)) found.push('data validation')
  if (hasOtherSheets) found.push('sheets of other kinds')
  return found
}
