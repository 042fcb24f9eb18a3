import { ByteReader } from '../bytes/byte-reader.ts'
import { ByteWriter } from '../bytes/byte-writer.ts'
import { readObject } from '../objects/read-objects.ts'
import { findObject, streamObject } from '../objects/stream-object.ts'
import { writeObject } from '../objects/write-objects.ts'

/** A node of the tree that a file is. What is below it stands in the references of its object. */
export interface FileNode {
  /** Leaves have data below them, or, where these are large, further leaves. */
  readonly isLeaf: boolean
  readonly signature: Uint8Array
  /** Of all data below it, in bytes. */
  readonly size: number
}

/** The bytes of a node. */
export function nodeBytes({ isLeaf, signature, size }: FileNode): Uint8Array {
  const writer = new ByteWriter()
  const children = [streamObject('signature', { signature }), streamObject('dataSize', { size: BigInt(size) })]
  writeObject(writer, streamObject(isLeaf ? 'leafNode' : 'intermediateNode', {}, children))
  return writer.toBytes()
}

/** More objects than any node has. */
const mostInNode = 64

/** The node that bytes are. `undefined`: they are none. */
export function nodeIn(bytes: Uint8Array): FileNode | undefined {
  const reader = new ByteReader(bytes, mostInNode)
  const object = reader.attempt(() => readObject(reader))
  if (object?.name !== 'leafNode' && object?.name !== 'intermediateNode') return undefined
  const size = findObject(object.children, 'dataSize')?.values.size
  if (size === undefined || size > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
  const signature = findObject(object.children, 'signature')?.values.signature ?? new Uint8Array()
  return { isLeaf: object.name === 'leafNode', signature, size: Number(size) }
}
