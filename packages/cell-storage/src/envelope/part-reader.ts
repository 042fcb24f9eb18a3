import { EnvelopeError } from './envelope.ts'
import { growingBytes } from './growing-bytes.ts'
import type { MultipartSink } from './multipart.ts'

/** Reads one part of a body. */
export interface PartReader {
  write(bytes: Uint8Array): void
  /** `last`: what stands before the next boundary, with a line end that belongs to that. */
  end(last: Uint8Array): void
}

interface PartOptions {
  /** Whether the part of this id is the one with the XML. */
  readonly isRoot: (id: string) => boolean
  readonly sink: MultipartSink
  /** How many bytes are still to come at most, as far as is known. */
  readonly toCome: (() => number) | undefined
}

const longestHeader = 16 * 1024

/** Begins with the headers. The XML is passed on as it comes, and other content as a whole. */
export function partReader({ isRoot, sink, toCome }: PartOptions): PartReader {
  let header: Buffer | undefined = Buffer.alloc(0)
  let id = ''
  let take: (bytes: Uint8Array) => void = () => undefined
  let finish = take

  function begin(said: string): void {
    id = /^content-id:\s*<?([^>\r\n]*?)>?\s*$/im.exec(said)?.[1] ?? ''
    if (isRoot(id)) {
      take = sink.root
      finish = sink.root
      return
    }
    const content = growingBytes(toCome)
    take = (bytes) => {
      content.room(bytes.length).set(bytes)
      content.grow(bytes.length)
    }
    finish = (bytes) => {
      take(bytes)
      sink.part(id, content.end())
    }
  }

  /** What stands behind the headers. `undefined`: they go on. */
  function behindHeader(bytes: Uint8Array): Uint8Array | undefined {
    if (!header) return bytes
    // What follows the last boundary of a body may be long, and is no part.
    if (header.length < longestHeader) header = Buffer.concat([header, bytes])
    const text = header.toString('latin1', 0, longestHeader)
    const blank = /\r?\n\r?\n/.exec(text)
    if (!blank) return undefined
    const content = header.subarray(blank.index + blank[0].length)
    header = undefined
    begin(text.slice(0, blank.index))
    return content
  }

  return {
    write(bytes) {
      const content = behindHeader(bytes)
      if (content) take(content)
    },
    end(last) {
      const content = behindHeader(last)
      if (!content) throw new EnvelopeError('a part of a body has no end of its headers')
      finish(content.subarray(0, content.length - lineEndOf(content)))
    },
  }
}

/** How long the line end is that belongs to the boundary behind a part. */
function lineEndOf(bytes: Uint8Array): number {
  if (bytes.at(-1) !== 0x0a) return 0
  return bytes.at(-2) === 0x0d ? 2 : 1
}
