import { ByteReader } from '../bytes/byte-reader.ts'
import { ByteWriter } from '../bytes/byte-writer.ts'
import { guid } from '../bytes/guid.ts'
import type { Partition } from './partition.ts'

const size = 24

/** What a client names the state of a partition by, once it has it: to clients, bytes without a meaning. */
export function versionToken({ serialGuid, version }: Pick<Partition, 'serialGuid' | 'version'>): Uint8Array {
  const writer = new ByteWriter()
  guid.write(writer, serialGuid)
  writer.u64(BigInt(version))
  return writer.toBytes()
}

/** The state that a token names. `undefined`: it is no token of this server. */
export function stateIn(token: Uint8Array): Pick<Partition, 'serialGuid' | 'version'> | undefined {
  if (token.length !== size) return undefined
  const reader = new ByteReader(token, 0)
  return { serialGuid: guid.read(reader), version: Number(reader.u64()) }
}
