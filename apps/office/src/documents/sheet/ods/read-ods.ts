import { damaged } from '../../package/document-error.ts'
import type { Package } from '../../package/package.ts'
import { readXml } from '../read/read-xml.ts'
import type { Sheet, Unseen, Workbook } from '../workbook.ts'
import { odsStyles, styleElements } from './ods-styles.ts'
import { readTables } from './read-tables.ts'

/** Whether a package is an OpenDocument spreadsheet, or at least no workbook. */
export const isOpenDocument = (document: Package): boolean =>
  document.has('content.xml') && !document.has('[Content_Types].xml')

const onlyShown = 'OpenDocument spreadsheets are shown here, and not changed.'

/** Reads an OpenDocument spreadsheet: values as they were last shown. Throws `DocumentError` where it is damaged. */
export function readOds(document: Package, mostCells: number): Workbook {
  const content = readXml(document, 'content.xml')
  const styleXml = document.has('styles.xml') ? readXml(document, 'styles.xml') : ''
  if (!/<office:spreadsheet[\s>/]/.test(content)) throw damaged('it holds no spreadsheet')
  const styles = odsStyles([...styleElements(styleXml), ...styleElements(content)])
  const { sheets, looks } = readTables(content, styles, mostCells)
  const cut = sheets.find(({ isCut }) => isCut)
  return {
    sheets,
    styles: looks,
    is1904: false,
    names: [],
    active: Math.max(0, sheets.findIndex(isSeen)),
    unseen: unseenIn(document, content),
    obstacles: [onlyShown, ...(cut ? [`Of “${cut.name}” not all rows are shown.`] : [])],
  }
}

const isSeen = ({ visibility }: Sheet): boolean => visibility === 'visible'

function unseenIn(document: Package, content: string): readonly Unseen[] {
  const has = (shape: RegExp) => document.names.some((name) => shape.test(name))
  const found: (Unseen | false)[] = [
    has(/^Object [^/]*\/content\.xml$/) && 'charts',
    has(/^Pictures\//) && 'pictures',
    content.includes('<office:annotation') && 'comments',
    content.includes('<table:data-pilot-table') && 'pivot tables',
    content.includes('<calcext:conditional-format') && 'conditional formats',
  ]
  return found.filter((one) => one !== false)
}
