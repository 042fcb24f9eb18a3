import type { Content } from '@openwopi/host'
import type { Allowance } from './allowance.ts'
import type { SpoolWriter } from './spool-writer.ts'

/** The body of a save as it passes by, and what is kept of it until it is known to be stored. */
export interface KeptBody {
  /** For whoever stores it. */
  readonly content: Content
  /** All of it, the rest included, which is read now. `undefined`: it is not all there, or not all was kept. */
  whole(): Promise<SpoolWriter | undefined>
  /** Lets go of what was kept. */
  drop(): Promise<void>
}

/** How much is kept, and where. */
export interface Keeping {
  /** What may be held in memory. */
  readonly memory: Allowance
  /** Whether what memory cannot hold is to be put aside at once, as the storage has failed lately. */
  readonly isWary: () => boolean
  readonly begin: () => Promise<SpoolWriter>
}

/** Keeps what it can of a body, without holding it up. */
export function keptBody(body: Content, { memory, isWary, begin }: Keeping): KeptBody {
  const source = body[Symbol.asyncIterator]()
  const held = memory.take()
  let chunks: Uint8Array[] = []
  let writer: SpoolWriter | undefined
  let isLost = false
  let isTaken = false
  let underWay: Promise<unknown> = Promise.resolve()

  async function put(): Promise<SpoolWriter> {
    const next = writer ?? (await begin())
    writer = next
    for (const chunk of chunks) await next.write(chunk)
    forget()
    return next
  }

  function forget(): void {
    chunks = []
    held.giveBack()
  }

  async function note(chunk: Uint8Array): Promise<void> {
    if (isLost) return
    if (writer) return writer.write(chunk)
    chunks.push(chunk)
    if (held.grow(chunk.byteLength)) return
    if (isWary()) await put()
    else lose()
  }

  function lose(): void {
    isLost = true
    forget()
  }

  async function step(): Promise<IteratorResult<Uint8Array>> {
    // What breaks off is not whole, and says so only once.
    const result = await source.next().catch((error: unknown) => {
      lose()
      throw error
    })
    // Whether a copy can be made is no concern of whoever stores it.
    if (result.done !== true) await note(result.value).catch(lose)
    return result
  }

  const next = () => {
    if (isTaken) return Promise.reject(new Error('this save has been given up'))
    const result = step()
    underWay = result.catch(() => undefined)
    return result
  }

  const drop = async () => {
    isTaken = true
    lose()
    await writer?.drop()
    writer = undefined
  }

  return {
    // Whoever stores it may stop reading; the rest of it is still wanted.
    content: { [Symbol.asyncIterator]: () => ({ next, return: async () => ({ done: true, value: undefined }) }) },
    drop,
    async whole() {
      isTaken = true
      await underWay
      try {
        if (isLost) return undefined
        const all = await put()
        for (let result = await source.next(); result.done !== true; result = await source.next())
          await all.write(result.value)
        writer = undefined
        return all
      } finally {
        await drop()
      }
    },
  }
}
