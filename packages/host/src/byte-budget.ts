import { WopiError } from '@openwopi/protocol'

/** Memory that many share. */
export interface ByteBudget {
  /**
   * Waits for this many bytes, and answers with what gives them back. More than there are count as all of them. That there
   * are none for too long, or that too many wait already, is a `WopiError` called `ServerBusy`.
   */
  take(bytes: number): Promise<() => void>
}

/** What there is to share. */
export interface ByteBudgetOptions {
  readonly bytes: number
  /** How many may wait at once. */
  readonly mostWaiting: number
  /** How long each of them waits, in milliseconds. */
  readonly patience: number
  /** Calls `run` after that time, unless it is told not to any more. */
  readonly later?: (run: () => void, milliseconds: number) => () => void
}

interface Waiting {
  readonly bytes: number
  readonly give: (release: () => void) => void
}

const busy = () => new WopiError('ServerBusy', { retryAfter: '10' })

/** Gives to each who asks, in their order. */
export function byteBudget({
  bytes: all,
  mostWaiting,
  patience,
  later = (run, milliseconds) => {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
}: ByteBudgetOptions): ByteBudget {
  let left = all
  const waiting = new Set<Waiting>()

  function taken(bytes: number): () => void {
    left -= bytes
    let isGivenBack = false
    return () => {
      if (isGivenBack) return
      isGivenBack = true
      left += bytes
      serve()
    }
  }

  function serve(): void {
    for (const next of waiting) {
      if (next.bytes > left) return
      waiting.delete(next)
      next.give(taken(next.bytes))
    }
  }

  const turn = (bytes: number) =>
    new Promise<() => void>((resolve, reject) => {
      const entry: Waiting = {
        bytes,
        give(release) {
          forget()
          resolve(release)
        },
      }
      const forget = later(() => {
        waiting.delete(entry)
        reject(busy())
        serve()
      }, patience)
      waiting.add(entry)
    })

  return {
    async take(wanted) {
      const bytes = Math.min(wanted, all)
      if (waiting.size === 0 && bytes <= left) return taken(bytes)
      if (waiting.size >= mostWaiting) throw busy()
      return turn(bytes)
    },
  }
}
