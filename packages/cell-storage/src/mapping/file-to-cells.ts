import { type ExtendedGuid, extendedGuidOf, nullExtendedGuid } from '../bytes/extended-guid.ts'
import { guidOf } from '../bytes/guid.ts'
import { fileSchema } from '../known-guids.ts'
import type { CellObject, ElementBody } from '../objects/element.ts'
import type { Commit } from '../store/commit.ts'
import type { FileChunk } from './chunk.ts'
import { fileChunks } from './file-chunks.ts'
import { sha256 } from './hashes.ts'
import { nodeBytes } from './nodes.ts'

/** Chunks that are smaller share a group, up to this many bytes: each group costs some hundred bytes. */
const mostShared = 64 * 1024
const small = 16 * 1024

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
function chunkObjects(guid: string, first: number, { bytes, signature, parts }: FileChunk): CellObject[] {
  const idOf = (offset: number) => extendedGuidOf(guid, first + offset)
  const leaf = (references: readonly ExtendedGuid[]) =>
    object(idOf(0), references, nodeBytes({ isLeaf: true, signature, size: bytes.length }))
  if (!parts) return [leaf([idOf(1)]), object(idOf(1), [], bytes)]
  const nested = parts.map((part, index) => chunkObjects(guid, first + 1 + 2 * index, part))
  return [leaf(nested.flatMap(([top]) => top?.id ?? [])), ...nested.flat()]
}

/** Chunks that are next to each other and small stand together. */
function grouped(chunks: readonly FileChunk[]): FileChunk[][] {
  const groups: FileChunk[][] = []
  let room = 0
  for (const chunk of chunks) {
    const isSmall = chunk.bytes.length < small
    const last = groups.at(-1)
    if (last && isSmall && chunk.bytes.length <= room) last.push(chunk)
    else {
      groups.push([chunk])
      room = isSmall ? mostShared : 0
    }
    room -= chunk.bytes.length
  }
  return groups
}

/** The group of these chunks. `seen`: how often the file has had the same ones before, which are other objects nevertheless. */
function leafGroup(file: string, chunks: readonly FileChunk[], seen: Map<string, number>): LeafGroup {
  const content = guidFrom(file, 'leaf', ...chunks.flatMap(({ bytes, signature }) => [bytes, signature]))
  const count = seen.get(content) ?? 0
  seen.set(content, count + 1)
  const guid = guidFrom(content, String(count))
  const objects: CellObject[] = []
  const leaves: ExtendedGuid[] = []
  for (const chunk of chunks) {
    leaves.push(extendedGuidOf(guid, objects.length + 1))
    objects.push(...chunkObjects(guid, objects.length + 1, chunk))
  }
  return { element: { id: extendedGuidOf(guid, 0), body: { type: 'objectGroup', objects } }, leaves }
}

const signature = new Uint8Array()

/**
 * The cells that a file is, to be committed. Chunks that stay the same keep their ids from content to content, so that a
 * client that has them is not sent them again. `file`: the id of the file.
 */
export function fileToCells(file: string, bytes: Uint8Array): Commit {
  const seen = new Map<string, number>()
  const groups = grouped(fileChunks(bytes)).map((chunks) => leafGroup(file, chunks, seen))
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
