import { createHash } from 'node:crypto'

/** What is saved to one file: contents that show which one they are, and whether all of them is there. */
export interface Contents {
  /** The content of this number, from 1; 0 is the empty one. */
  of(write: number): Buffer
  /** The number of a content. `undefined`: it is none that was ever sent, or not all of it. */
  numberOf(content: Buffer): number | undefined
  /** The number of a content that was sent, by its size and the Base64 of its SHA-256. */
  numberBy(size: number, sha256: string): number | undefined
}

/** `name`: of the file, so that no content is one of another file's. */
export function contentsOf(name: string): Contents {
  const numbers = new Map<string, number>()
  function of(write: number): Buffer {
    const line = `${name} content ${write}\n`
    // Mostly as small as a form, now and then longer than what comes in one piece.
    const content = Buffer.from(write === 0 ? '' : line.repeat(write % 32 === 0 ? 5000 : 1 + ((write * 7919) % 40)))
    numbers.set(described(content.length, createHash('sha256').update(content).digest('base64')), write)
    return content
  }
  of(0)
  return {
    of,
    numberOf(content) {
      if (content.length === 0) return 0
      const write = Number(/ content (\d+)\n/.exec(content.subarray(0, 100).toString())?.[1])
      return Number.isSafeInteger(write) && content.equals(of(write)) ? write : undefined
    },
    numberBy: (size, sha256) => numbers.get(described(size, sha256)),
  }
}

const described = (size: number, sha256: string) => `${size} ${sha256}`
