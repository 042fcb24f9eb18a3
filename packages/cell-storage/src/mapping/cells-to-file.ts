import { type ExtendedGuid, nullExtendedGuid } from '../bytes/extended-guid.ts'
import { cellFault } from '../faults/cell-fault.ts'
import { fileSchema } from '../known-guids.ts'
import type { CellObject, DataElement, ElementBody, RevisionManifest } from '../objects/element.ts'
import type { Partition } from '../store/partition.ts'
import { type FileNode, nodeIn } from './nodes.ts'

/** The bytes of a file, in pieces. */
export interface FileBytes {
  readonly size: number
  readonly pieces: readonly Uint8Array[]
}

/** How many revisions may stand one on the other. */
const mostRevisions = 10_000
/** How deep the tree of a file may be. */
const deepest = 32
/** How many nodes are visited at most. */
const mostVisits = 300_000

/** The element of one type that has an id. That there is none is a fault. */
function bodyAt<T extends ElementBody['type']>(
  elements: ReadonlyMap<ExtendedGuid, DataElement>,
  id: ExtendedGuid | undefined,
  type: T,
): Extract<ElementBody, { type: T }> {
  const body = id === undefined ? undefined : elements.get(id)?.body
  if (!body) throw cellFault('ReferencedElementNotFound', `the ${type} ${id ?? ''} is missing`)
  if (!isOfType(body, type)) throw cellFault('WrongContextForElementId', `${id} is no ${type}`)
  return body
}

const isOfType = <T extends ElementBody['type']>(
  body: ElementBody,
  type: T,
): body is Extract<ElementBody, { type: T }> => body.type === type

/** The revision that the cell of a file has now, and then those that it stands on. */
function revisionsOf({ index: { body }, elements }: Partition): RevisionManifest[] {
  const manifest = bodyAt(elements, body.manifest?.element, 'storageManifest')
  if (manifest.schema !== fileSchema.schema) {
    throw cellFault('RequestNotSupported', `no file can be made of what has the schema ${manifest.schema}`)
  }
  const cell = manifest.roots.find(({ root }) => root === fileSchema.root)?.cell
  const current = body.cells.find((each) => each.cell === cell)?.element
  const byId = new Map(body.revisions.map(({ revision, element }) => [revision, element]))
  const chain = new Map<ExtendedGuid, RevisionManifest>()
  let next = bodyAt(elements, current, 'cellManifest').revision
  while (next !== nullExtendedGuid) {
    if (chain.has(next)) throw cellFault('ElementCycle', 'a revision stands on itself')
    if (chain.size >= mostRevisions)
      throw cellFault('InvalidObject', `more than ${mostRevisions} revisions stand one on the other`)
    const element = byId.get(next)
    if (!element) throw cellFault('RevisionNotFound', `the revision ${next} is missing`)
    const revision = bodyAt(elements, element, 'revisionManifest')
    chain.set(next, revision)
    next = revision.base
  }
  return [...chain.values()]
}

/** All objects of these revisions. Those of newer ones hide those of older ones. */
function objectsOf(revisions: readonly RevisionManifest[], { elements }: Partition): Map<ExtendedGuid, CellObject> {
  const objects = new Map<ExtendedGuid, CellObject>()
  const seen = new Set<ExtendedGuid>()
  for (const { groups } of revisions) {
    for (const group of groups) {
      if (seen.has(group)) continue
      seen.add(group)
      for (const object of bodyAt(elements, group, 'objectGroup').objects) {
        if (!objects.has(object.id)) objects.set(object.id, object)
      }
    }
  }
  return objects
}

/** A stretch of a file, and the object that holds it. */
export interface FilePlace {
  readonly object: CellObject
  /** Bytes before it. */
  readonly start: number
  /** Bytes. */
  readonly size: number
}

/**
 * The stretches of the file that a partition holds, in their order, whether their bytes are there or left out. That it
 * holds no file, or a broken one, is a `CellFault`. `maxBytes`: how large the file may be.
 */
export function filePlaces(partition: Partition, maxBytes = Number.POSITIVE_INFINITY): readonly FilePlace[] {
  const revisions = revisionsOf(partition)
  const objects = objectsOf(revisions, partition)
  const root = revisions.flatMap(({ roots }) => roots).find((each) => each.root === fileSchema.root)?.object
  if (root === undefined) throw cellFault('ObjectNotFoundInRevision', 'a file has no root')
  const walk: Walk = { objects, partition, places: [], maxBytes, nodes: new Map(), size: 0, visits: 0 }
  visitNode(walk, objectAt(walk, root), 0)
  return walk.places
}

/** The file that a partition holds. That it holds none, or a broken one, is a `CellFault`. `maxBytes`: how large it may be. */
export function cellsToFile(partition: Partition, maxBytes: number): FileBytes {
  const places = filePlaces(partition, maxBytes)
  const last = places.at(-1)
  return { size: last ? last.start + last.size : 0, pieces: places.map(({ object }) => bytesOf(partition, object)) }
}

/** What is put together, and how far it is. */
interface Walk {
  readonly objects: ReadonlyMap<ExtendedGuid, CellObject>
  readonly partition: Partition
  readonly places: FilePlace[]
  readonly maxBytes: number
  /** Those that have been read. `undefined`: the object is none. */
  readonly nodes: Map<CellObject, FileNode | undefined>
  size: number
  visits: number
}

function objectAt(walk: Walk, id: ExtendedGuid): CellObject {
  const found = walk.objects.get(id)
  if (!found) throw cellFault('ObjectNotFoundInRevision', `the object ${id} is missing`)
  if (++walk.visits > mostVisits) throw cellFault('InvalidObject', `a file has more than ${mostVisits} nodes`)
  return found
}

function bytesOf({ elements }: Partition, { id, content }: CellObject): Uint8Array {
  if (content.kind === 'bytes') return content.bytes
  if (content.kind === 'blob') return bodyAt(elements, content.blob, 'blob').bytes
  throw cellFault('ReferencedElementNotFound', `the data of the object ${id} are left out`)
}

function addData(walk: Walk, object: CellObject): void {
  const { content } = object
  const size = content.kind === 'excluded' ? content.size : bytesOf(walk.partition, object).length
  walk.places.push({ object, start: walk.size, size })
  walk.size += size
  if (walk.size > walk.maxBytes) throw cellFault('StorageFailure', `a file is larger than ${walk.maxBytes} bytes`)
}

/** Puts together what is below a node, which is as long as the node says. */
function visitNode(walk: Walk, object: CellObject, depth: number): void {
  if (depth > deepest) throw cellFault('ElementCycle', `the nodes of a file are more than ${deepest} deep`)
  const node = nodeOf(walk, object)
  if (!node) throw cellFault('InvalidSerialization', `the object ${object.id} is no node of a file`)
  const start = walk.size
  visitBelow(walk, node, object.references, depth)
  if (walk.size - start !== node.size) {
    throw cellFault('InvalidObject', `a node says that it has ${node.size} bytes, but it has ${walk.size - start}`)
  }
}

/** What has references is a node, and what has none is data, unless it can only be a node without any. */
function visitBelow(walk: Walk, { isLeaf }: FileNode, references: readonly ExtendedGuid[], depth: number): void {
  for (const reference of references) {
    const child = objectAt(walk, reference)
    const isData = child.references.length === 0 && ((isLeaf && references.length === 1) || !isEmptyNode(walk, child))
    if (isData) addData(walk, child)
    else visitNode(walk, child, depth + 1)
  }
}

const isEmptyNode = (walk: Walk, object: CellObject) => nodeOf(walk, object)?.size === 0

/** What is left out is no node: nodes never are. */
function nodeOf(walk: Walk, object: CellObject): FileNode | undefined {
  if (object.content.kind === 'excluded') return undefined
  if (!walk.nodes.has(object)) walk.nodes.set(object, nodeIn(bytesOf(walk.partition, object)))
  return walk.nodes.get(object)
}
