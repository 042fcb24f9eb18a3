import type { ExtendedGuid } from '../bytes/extended-guid.ts'
import { cellFault } from '../faults/cell-fault.ts'
import { type DataElement, elementTypes } from '../objects/element.ts'
import { type Filter, idsInKey, type Match } from '../objects/filter.ts'
import type { Graph, IndexKey } from './graph.ts'

type Matches = (element: DataElement) => boolean

/** Whether an element passes the filters: the last that matches it decides, and without one it does. */
export function passing(filters: readonly Filter[], graph: Graph): Matches {
  const steps = filters.map((filter) => ({ matches: matching(filter, graph), includes: filter.includes })).reverse()
  return (element) => steps.find(({ matches }) => matches(element))?.includes ?? true
}

const among =
  (ids: ReadonlySet<ExtendedGuid>): Matches =>
  ({ id }) =>
    ids.has(id)

function matching({ match, failsIfUnsupported }: Filter, graph: Graph): Matches {
  switch (match.type) {
    case 'all':
      // The storage index is what everything else is found by, so that it is kept back only by its type.
      return ({ body }) => body.type !== 'storageIndex'
    case 'elementType':
      return ({ body }) => elementTypes[body.type] === match.element
    case 'storageIndexReferenced':
      return among(graph.named)
    case 'cell':
      return among(graph.below({ cell: match.cell }, true))
    case 'elementIds':
      return among(new Set(match.ids))
    case 'hierarchy':
      return among(inHierarchy(match, graph))
    case 'custom':
      if (failsIfUnsupported) throw cellFault('UnsupportedFilter', 'no custom filter is supported')
      return () => false
  }
}

/** The elements below a key of the index: at depth 0 none, at 1 that which the key names, at 2 what hangs on it, from 3 on all. */
function inHierarchy({ depth, key }: Extract<Match, { type: 'hierarchy' }>, graph: Graph): ReadonlySet<ExtendedGuid> {
  const found = keyIn(key, graph)
  if (!found || depth === 0) return new Set()
  if (depth > 1) return graph.below(found, depth > 2)
  const element = graph.at(found)
  return new Set(element ? [element.id] : [])
}

/** Two extended GUIDs are a cell, one is a revision, or else the root of the storage manifest. */
function keyIn(bytes: Uint8Array, graph: Graph): IndexKey | undefined {
  const [first, second] = idsInKey(bytes) ?? []
  if (!first) return undefined
  if (second) return { cell: `${first}/${second}` }
  return graph.at({ revision: first }) ? { revision: first } : { manifest: true }
}
