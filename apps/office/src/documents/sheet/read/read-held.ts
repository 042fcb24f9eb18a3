import type { Package } from '../../package/package.ts'
import { type Area, readArea } from '../reference.ts'
import type { Held } from '../workbook.ts'
import { childOf, elementsOf } from './elements.ts'
import { readXml } from './read-xml.ts'
import type { Relationship } from './relationships.ts'

/** Cells that other parts of a sheet speak of: they may not change without those. */
export const readHeld = (document: Package, relationships: readonly Relationship[]): readonly Held[] =>
  relationships.flatMap(({ type, part }): readonly Held[] => {
    if (part === undefined || !document.has(part)) return []
    if (type === 'table') return heldByTable(readXml(document, part))
    return type === 'pivotTable' ? heldByPivot(readXml(document, part)) : []
  })

/** Where the tables and pivot tables of a sheet lie. */
export const readTables = (document: Package, relationships: readonly Relationship[]): readonly Area[] =>
  relationships.flatMap(({ type, part }): readonly Area[] => {
    if (part === undefined || !document.has(part)) return []
    const xml = type === 'table' || type === 'pivotTable' ? readXml(document, part) : undefined
    if (xml === undefined) return []
    const root = elementsOf(xml, type === 'table' ? 'table' : 'pivotTableDefinition')
    const place = type === 'table' ? root : childOf(root, 'location')
    const area = readArea(place?.attributes['ref'] ?? '')
    return area ? [area] : []
  })

/** A table knows its columns by what stands over them, and what its last row adds up. */
function heldByTable(xml: string): readonly Held[] {
  const { attributes } = elementsOf(xml, 'table')
  const area = readArea(attributes['ref'] ?? '')
  if (!area) return []
  const head = Number(attributes['headerRowCount'] ?? 1)
  const foot = Number(attributes['totalsRowCount'] ?? 0)
  const { from, to } = area
  const rows: Area[] = []
  if (head > 0) rows.push({ from, to: { row: from.row + head - 1, column: to.column } })
  if (foot > 0) rows.push({ from: { row: to.row - foot + 1, column: from.column }, to })
  return rows.map((one) => ({ area: one, by: 'table' }))
}

function heldByPivot(xml: string): readonly Held[] {
  const location = childOf(elementsOf(xml, 'pivotTableDefinition'), 'location')
  const area = readArea(location?.attributes['ref'] ?? '')
  return area ? [{ area, by: 'pivot table' }] : []
}
