import { damaged } from '../../package/document-error.ts'
import type { Package } from '../../package/package.ts'
import { blankStyles } from '../blank-workbook.ts'
import type { Sheet, Workbook } from '../workbook.ts'
import { isOn } from '../xml/attributes.ts'
import { colorsOf } from './colors.ts'
import { childOf, type Element, elementsOf } from './elements.ts'
import { obstaclesOf } from './obstacles.ts'
import { readHeld, readTables } from './read-held.ts'
import { readLinks } from './read-links.ts'
import { readNames } from './read-names.ts'
import { readSheet, type SheetContext } from './read-sheet.ts'
import { readStrings } from './read-strings.ts'
import { readStyles } from './read-styles.ts'
import { readXml } from './read-xml.ts'
import { type Relationship, relationshipsOf } from './relationships.ts'
import { markSheet } from './sheet-marks.ts'
import { unseenIn } from './unseen.ts'

/** The most cells of a workbook that are read. */
export const mostCells = 500_000

/** Where the parts of a workbook are. */
export interface WorkbookParts {
  readonly main: string
  readonly relationships: readonly Relationship[]
  /** In the order of their tabs. `part`: absent where a sheet is of another kind, such as a chart. */
  readonly sheets: readonly {
    readonly name: string
    readonly part?: string
    readonly visibility: Sheet['visibility']
  }[]
  readonly root: Element
}

/** Reads a workbook. Throws `DocumentError` where it is damaged. `most`: how many cells are read. */
export function readWorkbook(document: Package, most = mostCells): Workbook {
  const parts = workbookParts(document)
  const xml = readXml(document, parts.main)
  const { strings, styles, colors } = readLooks(document, parts)
  const sheets = readSheets(document, parts, { strings, colors, most })
  const is1904 = isOn(childOf(parts.root, 'workbookPr')?.attributes['date1904'])
  const view = childOf(childOf(parts.root, 'bookViews') ?? parts.root, 'workbookView')
  const front = parts.sheets[Number(view?.attributes['activeTab'] ?? 0)]
  return {
    sheets,
    styles,
    is1904,
    names: readNames(childOf(parts.root, 'definedNames'), xml, { order: namesOf(parts.sheets), read: namesOf(sheets) }),
    active: Math.max(
      0,
      sheets.findIndex(({ name, visibility }) => name === front?.name && visibility === 'visible'),
    ),
    unseen: unseenIn(document, parts.sheets.length > sheets.length),
    obstacles: obstaclesOf(document, { sheets, is1904 }),
  }
}

/** What the sheets of a workbook refer to: strings that cells share, and what cells look like. */
export function readLooks(document: Package, { relationships }: WorkbookParts) {
  const partOf = (type: string) => partFor(document, relationships, type)
  const colors = colorsOf(partOf('theme'))
  const styles = readStyles(partOf('styles') ?? blankStyles, colors)
  const strings = readStrings(partOf('sharedStrings') ?? '<sst/>')
  return { colors, strings, styles: styles.length > 0 ? styles : readStyles(blankStyles, colors) }
}

const namesOf = (sheets: readonly { readonly name: string }[]) => sheets.map(({ name }) => name)

/** Finds the parts of a workbook. */
export function workbookParts(document: Package): WorkbookParts {
  const main = relationshipsOf(document, '').find(({ type }) => type === 'officeDocument')?.part
  if (main === undefined || !document.has(main)) throw damaged('it holds no workbook')
  const root = elementsOf(readXml(document, main), 'workbook')
  const relationships = relationshipsOf(document, main)
  const sheets = (childOf(root, 'sheets')?.children ?? []).map(({ attributes }) => {
    const id = Object.entries(attributes).find(([name]) => /(^|:)id$/.test(name))?.[1]
    const found = relationships.find((one) => one.id === id)
    const visibility = visibilities[attributes['state'] ?? ''] ?? 'visible'
    const isSheet = found?.type === 'worksheet' && found.part !== undefined
    return { name: attributes['name'] ?? '', visibility, ...(isSheet && { part: found.part }) }
  })
  return { main, relationships, sheets, root }
}

const visibilities: Readonly<Record<string, Sheet['visibility']>> = { hidden: 'hidden', veryHidden: 'very hidden' }

function partFor(document: Package, relationships: readonly Relationship[], wanted: string): string | undefined {
  const part = relationships.find(({ type }) => type === wanted)?.part
  return part !== undefined && document.has(part) ? readXml(document, part) : undefined
}

type Reading = Omit<SheetContext, 'held' | 'tables' | 'links'> & { readonly most: number }

function readSheets(document: Package, { sheets }: WorkbookParts, { most, ...context }: Reading): readonly Sheet[] {
  let left = most
  return sheets.flatMap(({ name, part, visibility }) => {
    if (part === undefined) return []
    const related = relationshipsOf(document, part)
    const marks = markSheet(readXml(document, part), left)
    const owned = {
      held: readHeld(document, related),
      tables: readTables(document, related),
      links: readLinks(marks, related),
    }
    const sheet = readSheet({ name, part, visibility }, marks, { ...context, ...owned })
    left -= sheet.rows.reduce((sum, { cells }) => sum + cells.length, 0)
    return [sheet]
  })
}
