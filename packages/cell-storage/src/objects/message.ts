import { ByteReader } from '../bytes/byte-reader.ts'
import { ByteWriter } from '../bytes/byte-writer.ts'
import { cellFault, protocolFault } from '../faults/cell-fault.ts'
import { readObject } from './read-objects.ts'
import type { ObjectNamed, StreamObject } from './stream-object.ts'
import { writeObject } from './write-objects.ts'

/** How much of a message is read. */
export interface MessageLimits {
  /** Bytes. */
  readonly maxBytes: number
  /** Stream objects, and the items of their lists. */
  readonly maxItems: number
}

/** Enough for the chunks of an archive with 10,000 entries. */
export const defaultLimits: MessageLimits = { maxBytes: 256 * 2 ** 20, maxItems: 120_000 }

/** What stands at the beginning of messages, and what they are. */
const signatures = { request: 0x9b069439f329cf9cn, response: 0x9b069439f329cf9dn } as const
const oldestVersion = 11
/** What real clients send; the oldest of them said 12 first. */
const versions: readonly number[] = [12, 13, 14]

/** A message: a request, or a response. */
export interface Message<N extends keyof typeof signatures = keyof typeof signatures> {
  readonly version: number
  readonly object: ObjectNamed<N>
}

/** Whether bytes begin as messages do. */
export const isMessage = (bytes: Uint8Array): boolean =>
  versions.includes(bytes[0] ?? 0) && bytes[1] === 0 && bytes[2] === oldestVersion && bytes[3] === 0

/** Reads a message of one kind. What is wrong with it is a `CellFault`. */
export function readMessage<N extends keyof typeof signatures>(
  bytes: Uint8Array,
  kind: N,
  limits: MessageLimits = defaultLimits,
): Message<N> {
  const { version, object } = readAnyMessage(bytes, limits)
  if (!isNamed(object, kind)) throw protocolFault('StreamObjectUnexpected', `the message is no ${kind}`)
  return { version, object }
}

const isNamed = <N extends keyof typeof signatures>(object: StreamObject, kind: N): object is ObjectNamed<N> =>
  object.name === kind

/** Reads a message of any kind. What follows its object is passed over. */
export function readAnyMessage(bytes: Uint8Array, { maxBytes, maxItems }: MessageLimits = defaultLimits): Message {
  if (bytes.length > maxBytes) throw protocolFault('InvalidRequest', `a message has more than ${maxBytes} bytes`)
  const reader = new ByteReader(bytes, maxItems)
  const [version, oldest, signature] = [reader.u16(), reader.u16(), reader.u64()]
  const kind = signature === signatures.request ? 'request' : signature === signatures.response ? 'response' : undefined
  if (!kind) throw protocolFault('InvalidRequest', 'the message does not begin as messages do')
  if (!versions.includes(version) || oldest !== oldestVersion) {
    throw cellFault('IncompatibleProtocolVersion', `version ${version} (${oldest}) of the protocol is not known`)
  }
  const object = readObject(reader)
  if (!isNamed(object, kind)) throw protocolFault('StreamObjectUnexpected', `a message is no ${kind}`)
  return { version, object }
}

function written(version: number, object: StreamObject): ByteWriter {
  const writer = new ByteWriter()
  writer.u16(version)
  writer.u16(oldestVersion)
  writer.u64(object.name === 'response' ? signatures.response : signatures.request)
  writeObject(writer, object)
  return writer
}

/** The bytes of a message. */
export const messageBytes = (version: number, object: StreamObject): Uint8Array => written(version, object).toBytes()

/** The bytes of a message in pieces, of which large ones are those that it was made from. */
export const messagePieces = (version: number, object: StreamObject): readonly Uint8Array[] =>
  written(version, object).pieces()
