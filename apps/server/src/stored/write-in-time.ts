import type { Change, Content, Rewrite, Storage, StoredFile, Verdict } from '@openwopi/host'
import { ServerStops, TooSlow } from './storage-away.ts'

/** Milliseconds that a storage may take for one step of a save. */
export type Patience = number

/** How long writes are waited for. */
export interface WriteLimits {
  readonly patience: Patience
  /** Of each write under way, what gives it up unless it has been allowed to become visible. */
  readonly underWay: Set<() => void>
}

/** Bytes that it gets a millisecond more for, once all have arrived: what is large is copied and checked. */
const bytesPerMillisecond = 10_000

/**
 * A write that fails once the storage has taken too long for a step of it - not the client, whose line may be slow. A
 * write that has failed so changes nothing any more: it is refused when it asks whether it may. One that has been
 * allowed is waited for, however long, as nobody could say what has become of it.
 */
export const writeInTime =
  (write: Storage['write'], limits: WriteLimits): Storage['write'] =>
  (file, content, change) => {
    const watch = watched(content, limits)
    const decide = change.decide ?? standsAt(file)
    const allowed: Rewrite = { ...change, decide: async (present) => watch.allow(() => decide(present), 'refuse') }
    return watch.outcome(write(file, watch.content, allowed))
  }

/** The same for a file that is made. */
export const createInTime =
  (create: Storage['create'], limits: WriteLimits): Storage['create'] =>
  (parentId, names, content, change) => {
    const watch = watched(content, limits)
    const confirm = change.confirm ?? (async () => true)
    const allowed: Change = { ...change, confirm: () => watch.allow(confirm, false) }
    return watch.outcome(create(parentId, names, watch.content, allowed))
  }

/** It is the body that failed, and not the storage. `cause` is why. */
export class BrokenBody extends Error {
  override readonly name = 'BrokenBody'

  constructor(cause: unknown) {
    super('the body broke off', { cause })
  }
}

/** What holds where nobody decides. */
const standsAt =
  ({ version }: StoredFile) =>
  async (present: StoredFile): Promise<Verdict> =>
    present.version === version ? 'replace' : 'refuse'

interface Watched {
  readonly content: Content
  /** What is answered to a question that decides, if it is not too late; else `no`. */
  allow<T>(ask: () => Promise<T>, no: T): Promise<T>
  /** Of `work`, or that it took too long. */
  outcome<T>(work: Promise<T>): Promise<T>
}

function watched(content: Content, { patience, underWay }: WriteLimits): Watched {
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  let isAllowed = false
  let broken: BrokenBody | undefined
  let size = 0
  let giveUp: (error: Error) => void = () => {}
  const over = new Promise<never>((_, reject) => {
    giveUp = reject
  })
  over.catch(() => undefined)

  const stop = () => clearTimeout(timer)
  const start = (milliseconds: number) => {
    stop()
    if (isAllowed || isOver) return
    timer = setTimeout(() => end(new TooSlow('a save', milliseconds)), milliseconds)
  }
  const end = (why: Error) => {
    stop()
    if (isAllowed) return
    isOver = true
    giveUp(why)
  }
  const refuseLate = () => {
    if (isOver) throw new Error('this save has been given up')
  }

  async function* flowing(): Content {
    stop()
    for await (const chunk of arriving()) {
      refuseLate()
      size += chunk.byteLength
      start(patience)
      yield chunk
      refuseLate()
      stop()
    }
    start(patience + size / bytesPerMillisecond)
  }

  async function* arriving(): Content {
    try {
      yield* content
    } catch (error) {
      broken = new BrokenBody(error)
      throw error
    }
  }

  return {
    content: flowing(),
    async allow(ask, no) {
      const answer = isOver ? no : await ask()
      if (isOver) return no
      isAllowed = answer !== no
      if (isAllowed) stop()
      return answer
    },
    async outcome(work) {
      start(patience)
      const leave = () => end(new ServerStops())
      underWay.add(leave)
      const told = work.catch((error: unknown) => {
        throw broken ?? error
      })
      told.catch(() => undefined)
      return Promise.race([told, over]).finally(() => {
        stop()
        underWay.delete(leave)
      })
    },
  }
}
