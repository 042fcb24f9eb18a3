import { contentTypesPart, withContentType } from '../../package/content-types.ts'
import type { Package } from '../../package/package.ts'
import { withRelationship } from '../../package/relationships.ts'
import { blankStyles } from '../blank-workbook.ts'
import type { WorkbookParts } from '../read/read-workbook.ts'
import { readXml } from '../read/read-xml.ts'
import { relationshipsPart } from '../read/relationships.ts'
import { patchStyles, type StylesPatch } from './patch-styles.ts'

/** The styles of a workbook, and where they go. */
export interface StylesOfWorkbook {
  readonly patch: StylesPatch
  /** The parts to be written where styles were added, as texts. */
  readonly parts: () => ReadonlyMap<string, string>
}

const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles'
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml'

/** The styles of a workbook, which gets a part for them where it has none. */
export function stylesOfWorkbook(document: Package, { main, relationships }: WorkbookParts): StylesOfWorkbook {
  const known = relationships.find((one) => one.type === 'styles')?.part
  if (known !== undefined && document.has(known)) {
    const patch = patchStyles(readXml(document, known))
    return { patch, parts: () => new Map([[known, patch.xml()]]) }
  }
  const patch = patchStyles(blankStyles)
  const part = `${main.slice(0, main.lastIndexOf('/') + 1)}styles.xml`
  const ids = new Set(relationships.map(({ id }) => id))
  const id = Array.from({ length: ids.size + 1 }, (_, at) => `rIdStyles${at}`).find((one) => !ids.has(one)) ?? ''
  const related = relationshipsPart(main)
  const source = document.has(related) ? readXml(document, related) : undefined
  const added = (): ReadonlyMap<string, string> =>
    new Map([
      [part, patch.xml()],
      [related, withRelationship(source, { id, type, target: `/${part}` })],
      [contentTypesPart, withContentType(readXml(document, contentTypesPart), part, contentType)],
    ])
  return { patch, parts: added }
}
