import type { CellId } from '../bytes/cell-id.ts'
import { type ExtendedGuid, nullExtendedGuid } from '../bytes/extended-guid.ts'
import type { DataElement, ElementBody } from '../objects/element.ts'
import type { Partition } from './partition.ts'

/** A key of a storage index. `undefined`: that of the storage manifest. */
export type IndexKey = { readonly cell: CellId } | { readonly revision: ExtendedGuid } | { readonly manifest: true }

/** What leads from element to element in a partition. */
export interface Graph {
  /** The element that a key leads to. `undefined`: none. */
  at(key: IndexKey): DataElement | undefined
  /** The elements below a key: those that refer to each other directly, and, if `isDeep`, those behind further keys. */
  below(key: IndexKey, isDeep: boolean): Set<ExtendedGuid>
  /** Everything that any key of the index leads to. */
  readonly everything: ReadonlySet<ExtendedGuid>
  /** The elements that the index itself names. */
  readonly named: ReadonlySet<ExtendedGuid>
}

/** Where an element leads: to others, and to keys. */
interface Ways {
  readonly elements: readonly ExtendedGuid[]
  readonly keys: readonly IndexKey[]
}

/** Where an element leads. */
export function waysFrom(body: ElementBody): Ways {
  switch (body.type) {
    case 'storageManifest':
      return { elements: [], keys: body.roots.map(({ cell }) => ({ cell })) }
    case 'cellManifest':
      return { elements: [], keys: [{ revision: body.revision }] }
    case 'revisionManifest':
      return { elements: body.groups, keys: body.base === nullExtendedGuid ? [] : [{ revision: body.base }] }
    case 'objectGroup':
      return {
        elements: body.objects.flatMap(({ content }) => (content.kind === 'blob' ? [content.blob] : [])),
        keys: body.objects.flatMap(({ cells }) => cells.map((cell) => ({ cell }))),
      }
    default:
      return { elements: [], keys: [] }
  }
}

/** How the elements of a partition hang together. Cycles among them end where they began. */
export function graphOf({ index: { body }, elements }: Pick<Partition, 'index' | 'elements'>): Graph {
  const cells = new Map(body.cells.map(({ cell, element }) => [cell, element]))
  const revisions = new Map(body.revisions.map(({ revision, element }) => [revision, element]))
  const idAt = (key: IndexKey) =>
    'cell' in key ? cells.get(key.cell) : 'revision' in key ? revisions.get(key.revision) : body.manifest?.element

  function reach(from: readonly (ExtendedGuid | undefined)[], isDeep: boolean): Set<ExtendedGuid> {
    const found = new Set<ExtendedGuid>()
    const open = [...from]
    while (open.length > 0) {
      const id = open.pop()
      const element = id === undefined || found.has(id) ? undefined : elements.get(id)
      if (!element) continue
      found.add(element.id)
      const ways = waysFrom(element.body)
      for (const next of ways.elements) open.push(next)
      if (isDeep) for (const key of ways.keys) open.push(idAt(key))
    }
    return found
  }

  const named = [body.manifest?.element, ...cells.values(), ...revisions.values()].filter((id) => id !== undefined)
  return {
    at: (key) => elements.get(idAt(key) ?? nullExtendedGuid),
    below: (key, isDeep) => reach([idAt(key)], isDeep),
    everything: reach(named, true),
    named: new Set(named),
  }
}
