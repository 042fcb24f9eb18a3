import type { Package } from '../../package/package.ts'
import type { Workbook } from '../workbook.ts'

/** Why a workbook is shown but not changed, as sentences. */
export function obstaclesOf(
  document: Package,
  { sheets, is1904 }: Pick<Workbook, 'sheets' | 'is1904'>,
): readonly string[] {
  const has = (shape: RegExp) => document.names.some((name) => shape.test(name))
  const obstacles: string[] = []
  if (has(/^_xmlsignatures\//)) {
    obstacles.push('This workbook is digitally signed. A change would make the signature invalid.')
  }
  if (has(/^xl\/revisions\//)) {
    obstacles.push('This workbook is shared in the old way, with a journal of changes that cannot be kept up here.')
  }
  if (is1904) {
    obstacles.push('This workbook counts days from 1904, as old Macs did it. Dates typed here would be four years off.')
  }
  const cut = sheets.find(({ isCut }) => isCut)
  if (cut) obstacles.push(`This workbook is too large to be changed here. Of “${cut.name}” not all rows are shown.`)
  return obstacles
}
