import { ByteReader } from '../bytes/byte-reader.ts'
import { valueText, words } from './dump-value.ts'
import { defaultLimits, type MessageLimits, readAnyMessage } from './message.ts'
import { readObject } from './read-objects.ts'
import type { StreamObject } from './stream-object.ts'

/** A message as a tree that a person can read, one object a line. What is wrong with the bytes is a `CellFault`. */
export function dumpMessage(bytes: Uint8Array, limits: MessageLimits = defaultLimits): string {
  const { version, object } = readAnyMessage(bytes, limits)
  return [`version ${version}`, ...linesOf(object, '')].join('\n')
}

function linesOf(object: StreamObject, indent: string): string[] {
  const nested = `${indent}  `
  const children = object.children.flatMap((child) => linesOf(child, nested))
  if (object.name === 'unknown') {
    return [
      `${indent}unknown object of type 0x${object.type.toString(16)}, ${valueText('', object.bytes)}`,
      ...children,
    ]
  }
  const values = Object.entries<unknown>(object.values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${words(name)} ${valueText(`${object.name}.${name}`, value)}`)
  const line = `${indent}${words(object.name)}${values.length > 0 ? `: ${values.join(', ')}` : ''}`
  return [line, ...children, ...nodeLines(object, nested)]
}

/** The data of an object that are a node of a file. They may as well be bytes that look like one. */
function nodeLines(object: StreamObject, indent: string): string[] {
  if (object.name !== 'objectData') return []
  const { data } = object.values
  const reader = new ByteReader(data, data.length)
  const node = reader.attempt(() => readObject(reader))
  const isNode = (node?.name === 'intermediateNode' || node?.name === 'leafNode') && reader.left === 0
  return node && isNode ? linesOf(node, indent) : []
}
