import { ConversionError } from './converter.ts'

interface Waiting {
  readonly begin: () => void
  readonly onPlace: (before: number) => void
}

/** Lets a few pieces of work run at a time, and so many more wait. */
export function queue({ atOnce, waiting: most }: { readonly atOnce: number; readonly waiting: number }) {
  const waiting: Waiting[] = []
  let running = 0

  const tellPlaces = () => {
    for (const [index, { onPlace }] of waiting.entries()) onPlace(index + running)
  }

  function next(): void {
    running--
    waiting.shift()?.begin()
    tellPlaces()
  }

  /** Waits for a place. Throws when too many wait already, or when `signal` says that nobody wants it any more. */
  function place(signal: AbortSignal, onPlace: (before: number) => void): Promise<void> {
    if (running < atOnce) {
      running++
      return Promise.resolve()
    }
    if (waiting.length >= most) return Promise.reject(new ConversionError('busy'))
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.splice(waiting.indexOf(entry), 1)
        tellPlaces()
        reject(new ConversionError('ended', { cause: signal.reason }))
      }
      const entry: Waiting = {
        onPlace,
        begin() {
          running++
          signal.removeEventListener('abort', leave)
          resolve()
        },
      }
      signal.addEventListener('abort', leave, { once: true })
      waiting.push(entry)
      onPlace(waiting.length - 1 + running)
    })
  }

  return async <T>(
    work: () => Promise<T>,
    { signal, onPlace = () => {} }: { readonly signal: AbortSignal; readonly onPlace?: (before: number) => void },
  ): Promise<T> => {
    if (signal.aborted) throw new ConversionError('ended', { cause: signal.reason })
    await place(signal, onPlace)
    onPlace(0)
    try {
      return await work()
    } finally {
      next()
    }
  }
}
