import { type ExtendedGuid, extendedGuidOf, nullExtendedGuid } from '../bytes/extended-guid.ts'
import { guidOf } from '../bytes/guid.ts'
import { type Editor, editorsXml } from '../editors/editors-table.ts'
import { fileSchema } from '../known-guids.ts'
import type { CellObject } from '../objects/element.ts'
import type { Commit } from '../store/commit.ts'
import { sha1, sha256 } from './hashes.ts'
import { nodeBytes } from './nodes.ts'

/** What stands before the table. */
const header = Uint8Array.of(0x1a, 0x5a, 0x3a, 0x30, 0, 0, 0, 0)
const mostInBlock = 0xffff

/** Bytes as DEFLATE has them that are not made smaller: clients have room for three times what they are sent, and no more. */
function stored(bytes: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = []
  for (let at = 0; at === 0 || at < bytes.length; at += mostInBlock) {
    const piece = bytes.subarray(at, at + mostInBlock)
    const head = new DataView(new ArrayBuffer(5))
    head.setUint8(0, at + mostInBlock >= bytes.length ? 1 : 0)
    head.setUint16(1, piece.length, true)
    head.setUint16(3, ~piece.length & 0xffff, true)
    blocks.push(new Uint8Array(head.buffer), piece)
  }
  return Buffer.concat(blocks)
}

/** The two stretches that a table of editors is sent in. */
export const editorsTableBytes = (editors: readonly Editor[]): readonly [Uint8Array, Uint8Array] => [
  header,
  stored(new TextEncoder().encode(editorsXml(editors))),
]

const object = (id: ExtendedGuid, references: readonly ExtendedGuid[], bytes: Uint8Array): CellObject => ({
  id,
  partition: 1n,
  references,
  cells: [],
  content: { kind: 'bytes', bytes },
})

/** The cells that a table of editors is. All objects stand in one group, the data behind the nodes: clients look for them there. */
export function editorsToCells(file: string, editors: readonly Editor[]): Commit & { readonly source: string } {
  const [first, second] = editorsTableBytes(editors)
  const source = guidOf(sha256([file, 'editors', first, second]).subarray(0, 16))
  const idOf = (value: number) => extendedGuidOf(source, value)
  const leaf = (bytes: Uint8Array) => nodeBytes({ isLeaf: true, signature: sha1(bytes), size: bytes.length })
  const root = nodeBytes({ isLeaf: false, signature: new Uint8Array(), size: first.length + second.length })
  const objects = [
    object(idOf(1), [idOf(2), idOf(3)], root),
    object(idOf(2), [idOf(4)], leaf(first)),
    object(idOf(3), [idOf(5)], leaf(second)),
    object(idOf(4), [], first),
    object(idOf(5), [], second),
  ]
  const [group, revision, revisionManifest, cellManifest, manifest] = [idOf(6), idOf(7), idOf(8), idOf(9), idOf(10)]
  const { schema, root: rootId, cell } = fileSchema
  return {
    source,
    manifest,
    cells: new Map([[cell, cellManifest]]),
    revisions: new Map([[revision, revisionManifest]]),
    elements: [
      { id: group, body: { type: 'objectGroup', objects } },
      {
        id: revisionManifest,
        body: {
          type: 'revisionManifest',
          revision,
          base: nullExtendedGuid,
          roots: [{ root: rootId, object: idOf(1) }],
          groups: [group],
        },
      },
      { id: cellManifest, body: { type: 'cellManifest', revision } },
      { id: manifest, body: { type: 'storageManifest', schema, roots: [{ root: rootId, cell }] } },
    ],
  }
}
