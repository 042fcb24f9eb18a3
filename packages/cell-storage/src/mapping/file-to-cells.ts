import { type ExtendedGuid, extendedGuidOf, nullExtendedGuid } from '../bytes/extended-guid.ts'
import { guidOf } from '../bytes/guid.ts'
import { fileSchema } from '../known-guids.ts'
import type { CellObject, ElementBody } from '../objects/element.ts'
import type { Commit } from '../store/commit.ts'
import { type CutChunk, type CutGroup, cutFile, type FileCut } from './cut-file.ts'
import { sha256 } from './hashes.ts'
import { nodeBytes } from './nodes.ts'

/** What ids are made from: the same file with the same content has the same ids, whoever makes them, and whenever. */
const guidFrom = (...parts: readonly (Uint8Array | string)[]) => guidOf(sha256(parts).subarray(0, 16))

const object = (id: ExtendedGuid, references: readonly ExtendedGuid[], bytes: Uint8Array): CellObject => ({
  id,
  partition: 1n,
  references,
  cells: [],
  content: { kind: 'bytes', bytes },
})

interface Element {
  readonly id: ExtendedGuid
  readonly body: ElementBody
}

/** A group of objects, and the leaves in it. */
interface LeafGroup {
  readonly element: Element
  readonly leaves: readonly ExtendedGuid[]
}

/** The objects of a chunk, the leaf first. `first`: the number of its id. */
function chunkObjects(file: Uint8Array, guid: string, first: number, chunk: CutChunk): CellObject[] {
  const { start, size, signature, parts } = chunk
  const idOf = (offset: number) => extendedGuidOf(guid, first + offset)
  const leaf = (references: readonly ExtendedGuid[]) =>
    object(idOf(0), references, nodeBytes({ isLeaf: true, signature, size }))
  if (!parts) return [leaf([idOf(1)]), object(idOf(1), [], file.subarray(start, start + size))]
  const nested = parts.map((part, index) => chunkObjects(file, guid, first + 1 + 2 * index, part))
  return [leaf(nested.flatMap(([top]) => top?.id ?? [])), ...nested.flat()]
}

/** The group of these chunks. `guid`: that of its ids. */
function leafGroup(file: Uint8Array, guid: string, { chunks }: CutGroup): LeafGroup {
  const objects: CellObject[] = []
  const leaves: ExtendedGuid[] = []
  for (const chunk of chunks) {
    leaves.push(extendedGuidOf(guid, objects.length + 1))
    objects.push(...chunkObjects(file, guid, objects.length + 1, chunk))
  }
  return { element: { id: extendedGuidOf(guid, 0), body: { type: 'objectGroup', objects } }, leaves }
}

/** Gives groups their GUIDs. Where a file has the same chunks again, they are other objects nevertheless. */
function guidsFor(file: string): (group: CutGroup) => string {
  const seen = new Map<string, number>()
  return ({ hash }) => {
    const content = guidOf(hash)
    const count = seen.get(content) ?? 0
    seen.set(content, count + 1)
    return guidFrom(file, hash, String(count))
  }
}

const signature = new Uint8Array()

/**
 * The cells that a file is, to be committed. Chunks that stay the same keep their ids from content to content, so that a
 * client that has them is not sent them again. `file`: the id of the file. `cut`: how it is cut, where that is known.
 */
export function fileToCells(file: string, bytes: Uint8Array, cut: FileCut = cutFile(bytes)): Commit {
  const guidFor = guidsFor(file)
  const groups = cut.map((group) => leafGroup(bytes, guidFor(group), group))
  const leaves = groups.flatMap((group) => group.leaves)
  const guid = guidFrom(file, 'root', String(bytes.length), ...leaves)
  const idOf = (value: number) => extendedGuidOf(guid, value)
  const [root, rootGroup, revision, revisionManifest, cellManifest] = [idOf(1), idOf(2), idOf(3), idOf(4), idOf(5)]
  const storageManifest = extendedGuidOf(guidFrom(file, 'manifest'), 1)
  const node = nodeBytes({ isLeaf: false, signature, size: bytes.length })
  const elements: Element[] = [
    { id: rootGroup, body: { type: 'objectGroup', objects: [object(root, leaves, node)] } },
    ...groups.map(({ element }) => element),
    {
      id: revisionManifest,
      body: {
        type: 'revisionManifest',
        revision,
        base: nullExtendedGuid,
        roots: [{ root: fileSchema.root, object: root }],
        groups: [rootGroup, ...groups.map(({ element }) => element.id)],
      },
    },
    { id: cellManifest, body: { type: 'cellManifest', revision } },
    {
      id: storageManifest,
      body: {
        type: 'storageManifest',
        schema: fileSchema.schema,
        roots: [{ root: fileSchema.root, cell: fileSchema.cell }],
      },
    },
  ]
  return {
    manifest: storageManifest,
    cells: new Map([[fileSchema.cell, cellManifest]]),
    revisions: new Map([[revision, revisionManifest]]),
    elements,
  }
}
