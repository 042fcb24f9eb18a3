import { BadAnswer } from '../../failures.ts'
import { ByteReader } from '../binary/byte-reader.ts'
import { integer, item } from '../binary/fields.ts'
import { objectTypes as types } from '../binary/object-types.ts'
import { whole } from '../binary/piece.ts'
import { streamObject, streamObjectsOf } from '../binary/stream-object.ts'

/** The node of a leaf, or the one above all of them: what marks its content, and how many bytes that is. */
function writeNode(type: number, signature: Uint8Array, size: number): Uint8Array {
  const parts = [streamObject(types.signature, item(signature)), streamObject(types.dataSize, integer(size, 8))]
  return whole(streamObject(type, [], parts))
}

/** A node that others hang below of. */
export const intermediateNode = (size: number): Uint8Array => writeNode(types.intermediateNode, new Uint8Array(), size)

/** A node that bytes hang below of. */
export const leafNode = (signature: Uint8Array, size: number): Uint8Array => writeNode(types.leafNode, signature, size)

/** Whether it is a node that others hang below of, of which it must be known that it is a node. */
export const isIntermediateNode = (bytes: Uint8Array): boolean => bytes[0] === 0x04 && bytes[1] === 0x01

/** How many bytes a node says are below it. */
export function sizeOfNode(bytes: Uint8Array): number {
  const [node] = streamObjectsOf(bytes)
  const size = node?.nested.find(({ type }) => type === types.dataSize)
  if (!size) throw new BadAnswer('a node of the file does not say how many bytes are below it')
  return Number(new ByteReader(size.content).long())
}
