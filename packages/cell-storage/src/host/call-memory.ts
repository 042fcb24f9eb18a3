import type { ByteBudget, Content } from '@openwopi/host'
import { cellFault } from '../faults/cell-fault.ts'
import type { CellContent } from '../store/cell-content.ts'

/** What all calls take memory from. Who has taken some for a file never waits for a body, so that nobody waits for ever. */
export interface CallBudgets {
  readonly bodies: ByteBudget
  readonly files: ByteBudget
}

/** The memory that one call takes. */
export interface CallMemory {
  /** The body, of which all but the beginning waits for memory. `size`: how many bytes it has at most. */
  body(content: Content, size: number): Content
  /** The content of a file, which waits for memory before it is read. */
  file(content: CellContent): CellContent
  /** Gives everything back. */
  release(): void
}

/** Shorter bodies and files take no part: most are, and locks must not wait for those that are not. Bytes. */
const small = 2 ** 20
/** A body is in memory once as its message, and once as the elements that are kept of it. */
const timesBody = 2

/** Begins with nothing. */
export function callMemory({ bodies, files }: CallBudgets): CallMemory {
  const taken: (() => void)[] = []
  let hasFile = false

  async function takeForFile(size: number): Promise<void> {
    if (hasFile || size <= small) return
    hasFile = true
    const taking = files.take(size).catch(() => {
      throw cellFault('StoreBusy', 'too many large files are asked for at once')
    })
    taken.push(await taking)
  }

  return {
    async *body(content, size) {
      let [seen, isSmall] = [0, true]
      for await (const chunk of content) {
        seen += chunk.byteLength
        if (isSmall && seen > small) {
          isSmall = false
          taken.push(await bodies.take(timesBody * size))
        }
        yield chunk
      }
    },
    file: (content) => ({
      ...content,
      async read(version) {
        await takeForFile((await content.find())?.size ?? 0)
        return content.read(version)
      },
    }),
    release() {
      for (const give of taken.splice(0)) give()
    },
  }
}
