import type { Package } from '../../package/package.ts'
import { childOf, elementsOf } from '../read/elements.ts'
import type { WorkbookParts } from '../read/read-workbook.ts'
import { readXml } from '../read/read-xml.ts'
import { relationshipsPart } from '../read/relationships.ts'
import { attributesOf } from '../xml/attributes.ts'
import { scan, type Tag } from '../xml/scan.ts'
import { spliced, withAttribute } from './splices.ts'

const encoder = new TextEncoder()

/**
 * The order in which formulas were last calculated must not name cells that are no formulas any more. It is made anew
 * wherever it is missing: so it is taken away, with whatever points to it.
 */
export function withoutCalculationChain(
  document: Package,
  { main, relationships }: WorkbookParts,
): ReadonlyMap<string, Uint8Array | undefined> {
  const chain = relationships.find(({ type }) => type === 'calcChain')
  if (chain?.part === undefined || !document.has(chain.part)) return new Map()
  const { part, id } = chain
  return new Map([
    [part, undefined],
    ...without(document, relationshipsPart(main), (tag) => attributesOf(tag)['Id'] === id),
    ...without(document, '[Content_Types].xml', (tag) => attributesOf(tag)['PartName'] === `/${part}`),
  ])
}

type Changed = readonly [string, Uint8Array]

function without(document: Package, part: string, isGone: (tag: Tag) => boolean): readonly Changed[] {
  const xml = readXml(document, part)
  const gone = [...scan(xml)].filter((tag) => tag.is === 'empty' && isGone(tag))
  const splices = gone.map(({ start, end }) => ({ from: start, to: end, text: '' }))
  return [[part, encoder.encode(spliced(xml, splices))]]
}

/** Asks whichever program opens the workbook next to calculate everything. */
export function withRecalculation(document: Package, { main }: WorkbookParts): readonly Changed[] {
  const xml = readXml(document, main)
  const root = elementsOf(xml, 'workbook')
  const settings = childOf(root, 'calcPr')
  if (settings) {
    const { start, end } = settings.open
    const text = withAttribute(xml.slice(start, end), 'fullCalcOnLoad', '1')
    return [[main, encoder.encode(spliced(xml, [{ from: start, to: end, text }]))]]
  }
  // Its place is after the names, which come after the sheets.
  const before = ['definedNames', 'externalReferences', 'functionGroups', 'sheets'].map((name) => childOf(root, name))
  const at = before.find((element) => element !== undefined)?.close.end ?? root.close.start
  const text = `<${root.open.prefix}calcPr fullCalcOnLoad="1"/>`
  return [[main, encoder.encode(spliced(xml, [{ from: at, to: at, text }]))]]
}
