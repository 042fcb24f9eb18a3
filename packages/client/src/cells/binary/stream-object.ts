import { BadAnswer } from '../../failures.ts'
import { ByteReader } from './byte-reader.ts'
import { compact, integer } from './fields.ts'
import { type Piece, sizeOf } from './piece.ts'

/** What every structure of the protocol is: a header, fields, and if it is compound, others nested in it. */
export interface StreamObject {
  readonly type: number
  /** The fields. */
  readonly content: Uint8Array
  readonly nested: readonly StreamObject[]
  /** All of it as it came, from its first byte to its last. */
  readonly bytes: Uint8Array
}

const longestShort = 0x7f
const longestStated = 0x7ffe
const deepest = 16

/** A stream object, with its length before it. `nested` makes it a compound one, even if it is empty. */
export function streamObject(type: number, content: Piece, nested?: readonly Piece[]): Piece {
  const header = startOf(type, sizeOf(content), nested !== undefined)
  return nested ? [header, content, nested, endOf(type)] : [header, content]
}

function startOf(type: number, length: number, isCompound: boolean): Piece {
  const compound = isCompound ? 4 : 0
  if (type <= 0x3f && length <= longestShort) return integer(compound | (type << 3) | (length << 9), 2)
  const stated = Math.min(length, longestStated + 1)
  const start = integer((2 | compound | (type << 3)) + stated * 2 ** 17, 4)
  return length > longestStated ? [start, compact(length)] : start
}

const endOf = (type: number): Piece => (type <= 0x3f ? integer(1 | (type << 2), 1) : integer(3 | (type << 2), 2))

/** All the stream objects that `bytes` are. Throws a `BadAnswer` for what is not made of them. */
export function streamObjectsOf(bytes: Uint8Array): readonly StreamObject[] {
  const reader = new ByteReader(bytes)
  const objects: StreamObject[] = []
  while (!reader.isAtEnd) objects.push(readObject(reader, 0))
  return objects
}

function readObject(reader: ByteReader, depth: number): StreamObject {
  if (depth > deepest) throw new BadAnswer(`the cells are nested deeper than ${deepest}`)
  const from = reader.at
  const { type, length, isCompound } = readStart(reader)
  const content = reader.take(length)
  const nested: StreamObject[] = []
  while (isCompound && !isEnd(reader)) nested.push(readObject(reader, depth + 1))
  if (isCompound) readEnd(reader, type)
  return { type, content, nested, bytes: reader.bytes.subarray(from, reader.at) }
}

function readStart(reader: ByteReader) {
  const form = reader.peek() & 3
  if (form === 0) {
    const start = reader.integer(2)
    return { type: (start >>> 3) & 0x3f, length: start >>> 9, isCompound: (start & 4) !== 0 }
  }
  if (form !== 2) throw new BadAnswer(`the cells end something at ${reader.at} that has not begun`)
  const start = reader.integer(4)
  const stated = start >>> 17
  const length = stated > longestStated ? reader.compact() : stated
  return { type: (start >>> 3) & 0x3fff, length, isCompound: (start & 4) !== 0 }
}

const isEnd = (reader: ByteReader): boolean => (reader.peek() & 1) === 1

function readEnd(reader: ByteReader, type: number): void {
  const at = reader.at
  const isShort = (reader.peek() & 3) === 1
  const ended = isShort ? reader.integer(1) >>> 2 : reader.integer(2) >>> 2
  if (ended !== type) throw new BadAnswer(`the cells end ${ended} at ${at}, where ${type} has begun`)
}
