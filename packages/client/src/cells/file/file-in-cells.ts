import { BadAnswer } from '../../failures.ts'
import type { CellObject, ElementBody, RevisionManifest } from '../binary/element.ts'
import type { CellId, ExtendedGuid } from '../binary/ids.ts'
import { type Chunk, chunksFrom, type Located } from './chunks.ts'
import { fileRoot, fileSchema } from './file-guids.ts'
import type { KnownCells } from './known-cells.ts'

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
