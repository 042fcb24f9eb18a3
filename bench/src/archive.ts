import { crc32, deflateRawSync } from 'node:zlib'

/** A part of a package. */
export interface Part {
  readonly name: string
  readonly data: Buffer
  /** Pictures are compressed already; slides are not. */
  readonly isPicture?: boolean
}

function local({ name, data, isPicture = false }: Part): { header: Buffer; stored: Buffer } {
  const stored = isPicture ? data : deflateRawSync(data)
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(isPicture ? 0 : 8, 8)
  header.writeUInt32LE(crc32(data), 14)
  header.writeUInt32LE(stored.length, 18)
  header.writeUInt32LE(data.length, 22)
  header.writeUInt16LE(name.length, 26)
  return { header, stored }
}

/** What the directory says of a part: mostly what its local header says. */
function listed(header: Buffer, at: number): Buffer {
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(20, 4)
  header.copy(entry, 6, 4, 28)
  entry.writeUInt32LE(at, 42)
  return entry
}

/** Packs parts into a package, as office programs do. */
export function archive(parts: readonly Part[]): Buffer {
  const body: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const part of parts) {
    const { header, stored } = local(part)
    directory.push(listed(header, at), Buffer.from(part.name))
    body.push(header, Buffer.from(part.name), stored)
    at += header.length + part.name.length + stored.length
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...body, listing, end])
}
