import { randomBytes } from 'node:crypto'
import { crc32, deflateRawSync } from 'node:zlib'

interface Part {
  readonly name: string
  readonly data: Buffer
  /** Pictures are compressed already; slides are not. */
  readonly isPicture?: boolean
}

const slideXml = (index: number, text: string) =>
  `<?xml version="1.0"?><p:sld><p:cSld name="${index}">${`<a:t>${text}</a:t>`.repeat(50)}</p:cSld></p:sld>`

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

function archive(parts: readonly Part[]): Buffer {
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

/** A presentation of 100 MB with a picture on each of its hundred slides, before and after one slide is changed. */
export function presentations(): readonly [Buffer, Buffer] {
  const pictures = Array.from(
    { length: 100 },
    (_, index): Part => ({
      name: `ppt/media/image${index}.jpeg`,
      data: randomBytes(1e6),
      isPicture: true,
    }),
  )
  const withSlide = (changed: string) =>
    archive(
      pictures.flatMap((picture, index) => {
        const text = index === 50 ? changed : 'Click to add text'
        return [{ name: `ppt/slides/slide${index}.xml`, data: Buffer.from(slideXml(index, text)) }, picture]
      }),
    )
  return [withSlide('Click to add text'), withSlide('And now for something completely different')]
}
