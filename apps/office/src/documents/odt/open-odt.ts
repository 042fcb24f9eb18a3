import type { Package } from '../package/package.ts'
import { decodeXml } from '../package/xml/xml-text.ts'
import { attributeOf, elementsOf, parseXml, type XmlElement } from '../package/xml/xml-tree.ts'
import type { Block, ListBlock, TableBlock, TableBlockCell, TextPages } from './odt-looks.ts'
import { piecesOf } from './odt-pieces.ts'
import { lengthIn } from './odt-properties.ts'
import { descendant, readStyles, type Styles } from './odt-styles.ts'

/** The most columns of a table, and the deepest that blocks lie in one another. */
const mostColumns = 200
const deepest = 60

/** What an OpenDocument text looks like, from the source of its content as it is now. */
export function readOdt(pkg: Package, source: string): TextPages {
  const content = parseXml(source)
  const named = pkg.has('styles.xml') ? [parseXml(decodeXml(pkg.read('styles.xml')).text)] : []
  const styles = readStyles([...named, content])
  const body = descendant(content, 'body', 'text')
  return { page: pageOf(styles), blocks: body ? [...blocksIn(body, { styles, depth: 0 })] : [] }
}

function pageOf({ page }: Styles): TextPages['page'] {
  const margin = (side: string) => lengthIn(page, `margin-${side}`) ?? lengthIn(page, 'margin') ?? '2cm'
  const margins = {
    paddingLeft: margin('left'),
    paddingRight: margin('right'),
    paddingTop: margin('top'),
    paddingBottom: margin('bottom'),
  }
  return { width: lengthIn(page, 'page-width') ?? '21cm', margins }
}

interface Place {
  readonly styles: Styles
  readonly depth: number
  /** Of the list around. */
  readonly list?: { readonly name: string | undefined; readonly level: number }
}

const skipped = new Set(['tracked-changes', 'forms', 'sequence-decls', 'variable-decls', 'note', 'annotation'])

function* blocksIn(parent: XmlElement, place: Place): Generator<Block> {
  if (place.depth > deepest) return
  const deeper = { ...place, depth: place.depth + 1 }
  for (const element of elementsOf(parent)) {
    if (element.local === 'p' || element.local === 'h') yield* paragraphIn(element, deeper)
    else if (element.local === 'list') yield listOf(element, deeper)
    else if (element.local === 'table') yield tableOf(element, deeper)
    else if (element.local === 'text-box') yield { is: 'box', looks: {}, blocks: [...blocksIn(element, deeper)] }
    else if (!skipped.has(element.local)) yield* blocksIn(element, deeper)
  }
}

/** A paragraph, and below it the frames with text that hang on it. */
function* paragraphIn(element: XmlElement, place: Place): Generator<Block> {
  const looks = place.styles.looks('paragraph', attributeOf(element, 'style-name'))
  yield { is: 'paragraph', start: element.start, looks, pieces: piecesOf(element, place.styles) }
  yield* blocksIn(element, place)
}

function listOf(element: XmlElement, place: Place): ListBlock {
  const level = (place.list?.level ?? 0) + 1
  const list = { name: attributeOf(element, 'style-name') ?? place.list?.name, level }
  let number = 0
  const items = elementsOf(element).map((item) => {
    number = Number(attributeOf(item, 'start-value') ?? number + 1) || number + 1
    const blocks = [...blocksIn(item, { ...place, list })]
    // An item that only holds another list has no sign of its own.
    const hasText = blocks[0]?.is === 'paragraph' && item.local !== 'list-header'
    if (!hasText) number--
    return { sign: hasText ? place.styles.sign(list.name, level, number) : '', blocks }
  })
  return { is: 'list', items }
}

function tableOf(element: XmlElement, place: Place): TableBlock {
  const columns: TableBlock['columns'][number][] = []
  const rows: (readonly TableBlockCell[])[] = []
  const visit = (parent: XmlElement, depth: number): void => {
    for (const child of elementsOf(parent)) {
      if (child.local === 'table-column') {
        const looks = place.styles.looks('table-column', attributeOf(child, 'style-name'))
        const repeated = Math.min(mostColumns - columns.length, countIn(child, 'number-columns-repeated'))
        columns.push(...Array.from({ length: Math.max(0, repeated) }, () => looks))
      } else if (child.local === 'table-row') rows.push(cellsOf(child, place))
      else if (child.local.startsWith('table-') && depth < deepest) visit(child, depth + 1)
    }
  }
  visit(element, 0)
  return { is: 'table', columns, rows }
}

const countIn = (element: XmlElement, local: string): number =>
  Math.min(1000, Math.max(1, Number(attributeOf(element, local) ?? 1) || 1))

const cellsOf = (row: XmlElement, place: Place): readonly TableBlockCell[] =>
  elementsOf(row)
    .filter(({ local }) => local === 'table-cell')
    .map((cell) => ({
      across: countIn(cell, 'number-columns-spanned'),
      down: countIn(cell, 'number-rows-spanned'),
      looks: place.styles.looks('table-cell', attributeOf(cell, 'style-name')),
      blocks: [...blocksIn(cell, place)],
    }))
