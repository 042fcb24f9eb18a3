import type { Content } from '@openwopi/host'

/** Memory for parts that is used again and again, however many parts there are. */
export interface PartBuffers {
  take(): Buffer
  /** To be called once nothing reads the part any more. */
  giveBack(part: Buffer): void
}

/** Buffers of `size` bytes, made as they are needed. */
export function partBuffers(size: number): PartBuffers {
  const free: Buffer[] = []
  return {
    take: () => free.pop() ?? Buffer.allocUnsafeSlow(size),
    giveBack: (part) => void free.push(Buffer.from(part.buffer)),
  }
}

/** Content in parts that are all as large as a buffer, but for the last; one empty part if there is nothing. */
export async function* inParts(content: Content, buffers: PartBuffers): AsyncGenerator<Buffer, undefined> {
  let part = buffers.take()
  let filled = 0
  let count = 0
  for await (const piece of content) {
    for (let at = 0; at < piece.byteLength; ) {
      if (filled === part.byteLength) {
        yield part
        count++
        part = buffers.take()
        filled = 0
      }
      const fits = piece.subarray(at, at + part.byteLength - filled)
      part.set(fits, filled)
      filled += fits.byteLength
      at += fits.byteLength
    }
  }
  if (filled > 0 || count === 0) yield part.subarray(0, filled)
}
