import { BadAnswer } from '../../failures.ts'
import type { ExtendedGuid } from '../binary/ids.ts'
import { isIntermediateNode, sizeOfNode } from './file-node.ts'

/** A stretch of a file that is kept as one, with where it is kept. */
export interface Chunk {
  readonly leaf: ExtendedGuid
  /** The elements that the leaf and what it consists of are in. */
  readonly groups: ReadonlySet<ExtendedGuid>
  readonly bytes: Uint8Array
}

/** An object, and the element that it is in. */
export interface Located {
  readonly references: readonly ExtendedGuid[]
  readonly bytes: Uint8Array
  readonly group: ExtendedGuid
}

/** The leaves below a node, in order. */
export function chunksFrom(root: ExtendedGuid, objects: ReadonlyMap<ExtendedGuid, Located>): Chunk[] {
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
