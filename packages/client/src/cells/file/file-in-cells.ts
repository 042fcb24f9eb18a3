import { BadAnswer } from '../../failures.ts'
import type { CellObject, ElementBody, RevisionManifest } from '../binary/element.ts'
import type { CellId, ExtendedGuid } from '../binary/ids.ts'
import { fileRoot, fileSchema } from './file-guids.ts'
import { isIntermediateNode, sizeOfNode } from './file-node.ts'
import type { KnownCells } from './known-cells.ts'

/** A stretch of a file that is kept as one, with where it is kept. */
export interface Chunk {
  readonly leaf: ExtendedGuid
  /** The elements that the leaf and what it consists of are in. */
  readonly groups: ReadonlySet<ExtendedGuid>
  readonly bytes: Uint8Array
}

/** A file as its cells have it. */
export interface FileInCells {
  readonly cell: CellId
  readonly revision: RevisionManifest
  readonly chunks: readonly Chunk[]
}

/** The file that the cells are. `undefined`: there is none in them. Throws a `BadAnswer` where they contradict themselves. */
export function fileInCells(known: KnownCells): FileInCells | undefined {
  const { index } = known
  if (!index.manifest) return undefined
  const { storage } = bodyOf(known, index.manifest.element, 'storage')
  if (storage.schema !== fileSchema)
    throw new BadAnswer(`the cells are no file: their manifest says ${storage.schema} of itself`)
  const cell = storage.roots.find(({ root }) => root === fileRoot)?.cell
  const mapping = cell && index.cells.get(cell)
  if (!mapping) throw new BadAnswer('the index of the cells leads to no file')
  const revisions = chainOf(known, bodyOf(known, mapping.element, 'cell').revision)
  const [revision] = revisions
  if (!revision) throw new BadAnswer('the cell of the file has no revision')
  const root = revisions.flatMap(({ roots }) => roots).find((each) => each.root === fileRoot)
  if (!root) throw new BadAnswer('no revision of the file says where it begins')
  return { cell, revision, chunks: chunksFrom(root.object, objectsOf(known, revisions)) }
}

function bodyOf<K extends ElementBody['is']>(
  { elements }: KnownCells,
  id: ExtendedGuid,
  kind: K,
): Extract<ElementBody, { is: K }> {
  const body = elements.get(id)
  if (body?.is !== kind) throw new BadAnswer(`the element ${id || 'null'}, a ${kind}, is referred to and was not sent`)
  return body as Extract<ElementBody, { is: K }>
}

/** A revision, the one it is based on, and so on. */
function chainOf(known: KnownCells, from: ExtendedGuid): RevisionManifest[] {
  const chain = new Map<ExtendedGuid, RevisionManifest>()
  for (let id = from; id !== ''; ) {
    const mapping = known.index.revisions.get(id)
    if (!mapping || chain.has(id)) throw new BadAnswer(`the revision ${id} of the file leads nowhere`)
    const { revision } = bodyOf(known, mapping.element, 'revision')
    chain.set(id, revision)
    id = revision.base
  }
  return [...chain.values()]
}

interface Located {
  readonly references: readonly ExtendedGuid[]
  readonly bytes: Uint8Array
  readonly group: ExtendedGuid
}

/** The objects that revisions can see; of two of one id, the one in the later revision. */
function objectsOf(known: KnownCells, revisions: readonly RevisionManifest[]): Map<ExtendedGuid, Located> {
  const found = new Map<ExtendedGuid, Located>()
  for (const group of revisions.flatMap(({ groups }) => groups))
    for (const object of bodyOf(known, group, 'group').objects)
      if (!found.has(object.id)) found.set(object.id, located(known, object, group))
  return found
}

const located = (known: KnownCells, { references, content }: CellObject, group: ExtendedGuid): Located => ({
  references,
  bytes: typeof content === 'string' ? bodyOf(known, content, 'blob').bytes : content,
  group,
})

/** The leaves below a node, in order. */
function chunksFrom(root: ExtendedGuid, objects: ReadonlyMap<ExtendedGuid, Located>): Chunk[] {
  const above = new Set<ExtendedGuid>()
  const objectOf = (id: ExtendedGuid): Located => {
    const object = objects.get(id)
    if (!object || above.has(id))
      throw new BadAnswer(`the object ${id} of the file ${object ? 'holds itself' : 'is missing'}`)
    return object
  }
  const within = <T>(id: ExtendedGuid, walk: () => T): T => {
    above.add(id)
    const found = walk()
    above.delete(id)
    return found
  }
  /** What a leaf consists of: bytes, or other leaves. What nothing is below of is bytes, whatever they look like. */
  const dataOf = (id: ExtendedGuid): Located[] => {
    const object = objectOf(id)
    if (object.references.length === 0) return [object]
    return [{ ...object, bytes: new Uint8Array() }, ...within(id, () => object.references.flatMap(dataOf))]
  }
  const chunkOf = (id: ExtendedGuid): Chunk => {
    const { references, bytes } = objectOf(id)
    // A leaf without anything below it is an empty one.
    const parts = references.length === 0 ? [{ ...objectOf(id), bytes: new Uint8Array() }] : dataOf(id)
    const chunk = joined(parts.map((part) => part.bytes))
    checkSize(id, bytes, chunk.byteLength)
    return { leaf: id, groups: new Set(parts.map(({ group }) => group)), bytes: chunk }
  }
  const walk = (id: ExtendedGuid): Chunk[] => {
    const { references, bytes } = objectOf(id)
    if (!isIntermediateNode(bytes)) return [chunkOf(id)]
    const chunks = within(id, () => references.flatMap(walk))
    checkSize(
      id,
      bytes,
      chunks.reduce((size, chunk) => size + chunk.bytes.byteLength, 0),
    )
    return chunks
  }
  return walk(root)
}

function checkSize(id: ExtendedGuid, node: Uint8Array, size: number): void {
  const said = sizeOfNode(node)
  if (said !== size) throw new BadAnswer(`the node ${id} of the file is of ${said} bytes, and ${size} came`)
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const filled = parts.filter(({ byteLength }) => byteLength > 0)
  const [only] = filled
  if (filled.length <= 1) return only ?? new Uint8Array()
  const bytes = new Uint8Array(filled.reduce((size, part) => size + part.byteLength, 0))
  filled.reduce((at, part) => {
    bytes.set(part, at)
    return at + part.byteLength
  }, 0)
  return bytes
}
