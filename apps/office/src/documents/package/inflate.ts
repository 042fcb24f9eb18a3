import { Inflate } from 'fflate'
import { crc32 } from './crc32.ts'
import { damaged } from './document-error.ts'
import type { ZipEntry } from './zip-entry.ts'

/** How many packed bytes are unpacked before looking how much they became. */
const step = 16 * 1024

/** The bytes of an entry. Never makes much more of them than the directory has promised. */
export function unpack(archive: Uint8Array, entry: ZipEntry): Uint8Array {
  const packed = archive.subarray(entry.dataStart, entry.dataStart + entry.packedSize)
  const bytes = entry.method === 0 ? packed.slice() : inflate(packed, entry)
  if (crc32(bytes) !== entry.crc) throw damaged(`“${entry.name}” is not what it was when it was stored`)
  return bytes
}

function inflate(packed: Uint8Array, { name, size }: ZipEntry): Uint8Array {
  const whole = new Uint8Array(size)
  let length = 0
  let isDone = false
  const stream = new Inflate((chunk, isLast) => {
    isDone = isLast
    if (length + chunk.length > size) throw damaged(`“${name}” is larger than it says`)
    whole.set(chunk, length)
    length += chunk.length
  })
  try {
    for (let at = 0; at === 0 || at < packed.length; at += step) {
      stream.push(packed.subarray(at, at + step), at + step >= packed.length)
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) throw damaged(`“${name}” cannot be unpacked`)
    throw cause
  }
  if (!isDone || length !== size) throw damaged(`“${name}” is smaller than it says`)
  return whole
}
