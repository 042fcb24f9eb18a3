import type { ByteReader } from '../bytes/byte-reader.ts'
import { uint } from '../bytes/compact-uint.ts'
import { type ObjectStart, readHeader } from '../bytes/object-header.ts'
import { protocolFault } from '../faults/cell-fault.ts'
import type { StreamObject } from './stream-object.ts'
import { type ObjectName, type ObjectRow, streamObjects } from './stream-objects.ts'

/** No message of the protocol nests deeper than six. */
const deepest = 16

const rows = new Map<number, [ObjectName, ObjectRow]>(
  Object.entries(streamObjects).map(([name, row]) => [row.type, [name as ObjectName, row as ObjectRow]]),
)

/** The children of most objects. They are one list, as a message may have hundreds of thousands of them. */
const none: readonly StreamObject[] = []
const noBytes = new Uint8Array()

/** Types whose objects some senders end although they are not compound. */
const strayEnds: readonly number[] = [streamObjects.targetPartition.type, streamObjects.queryChanges.type]

/** The object that begins where the reader stands, with all that is nested in it. */
export function readObject(reader: ByteReader, depth = 1): StreamObject {
  const header = readHeader(reader)
  if (header.isEnd) throw protocolFault('CompoundNesting', `an object of type ${header.type} ends that has not begun`)
  return readBehind(reader, header, depth)
}

function readBehind(reader: ByteReader, header: ObjectStart, depth: number): StreamObject {
  const { type, isCompound, length } = header
  if (depth > deepest) throw protocolFault('CompoundNesting', `objects are nested more than ${deepest} deep`)
  reader.count(1)
  const [name, row] = rows.get(type) ?? []
  if (!name || !row) {
    const bytes = length > 0 ? reader.take(length) : noBytes
    return { name: 'unknown', type, isCompound, bytes, children: isCompound ? readChildren(reader, type, depth) : none }
  }
  if (isCompound !== row.isCompound) {
    throw protocolFault('StreamObjectInvalid', `an object called ${name} is ${row.isCompound ? 'not ' : ''}compound`)
  }
  const values = reader.within(length, () => readFields(reader, row), row.isLoose)
  const children = isCompound ? readChildren(reader, type, depth) : none
  // The fields of a row are what an object of its name has, which the compiler cannot tell of a table.
  return { name, values, children } as StreamObject
}

function readFields(reader: ByteReader, { fields }: ObjectRow): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) values[name] = field.read(reader)
  return values
}

/** The objects up to the header that ends the object of `type`. */
function readChildren(reader: ByteReader, type: number, depth: number): readonly StreamObject[] {
  const children: StreamObject[] = []
  for (;;) {
    const header = nextHeader(reader, children.at(-1))
    if (!header.isEnd) children.push(readBehind(reader, header, depth + 1))
    else if (header.type === type) return children
    else if (!strayEnds.includes(header.type)) {
      throw protocolFault('CompoundNesting', `an object of type ${type} is ended as one of type ${header.type}`)
    }
  }
}

/** What may follow the second flags of Put Changes. */
const behindMorePutFlags: readonly number[] = [
  streamObjects.lockId.type,
  streamObjects.knowledge.type,
  streamObjects.chain.type,
  streamObjects.subRequest.type,
]

/** The next header. Some senders put a number behind the second flags of Put Changes that belongs to no object. */
function nextHeader(reader: ByteReader, before: StreamObject | undefined) {
  if (before?.name !== 'morePutFlags') return readHeader(reader)
  const header = reader.attempt(() => expected(readHeader(reader)))
  if (header) return header
  uint.read(reader)
  return readHeader(reader)
}

function expected(header: ReturnType<typeof readHeader>) {
  const isCompound = header.type === streamObjects.knowledge.type
  const fits = header.isEnd ? header.type === streamObjects.subRequest.type : header.isCompound === isCompound
  if (!fits || !behindMorePutFlags.includes(header.type)) throw protocolFault('StreamObjectUnexpected')
  return header
}
