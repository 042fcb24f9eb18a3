/** Begins something, and returns the way to end it. */
export type Held = () => () => void

/** Holds something in one tab of the browser at a time, and hands it on when that tab goes. Returns the way to let go. */
export const holdInOneTab = (name: string, held: Held): (() => void) => {
  // A page that came without encryption has no locks.
  if (!navigator.locks) return holdWhileSeen(held)
  const over = new AbortController()
  const hold = () =>
    new Promise<void>((resolve) => {
      const end = held()
      over.signal.addEventListener('abort', () => {
        end()
        resolve()
      })
    })
  const wait = () => navigator.locks.request(name, { signal: over.signal }, hold)
  navigator.locks
    .request(name, { ifAvailable: true }, (lock) => (lock && !over.signal.aborted ? hold() : wait()))
    // Letting go while waiting is the only way for it to fail.
    .catch(() => undefined)
  return () => over.abort()
}

const holdWhileSeen = (held: Held): (() => void) => {
  let end: (() => void) | undefined
  const onChange = () => {
    if (document.visibilityState === 'hidden') {
      end?.()
      end = undefined
    } else if (!end) {
      end = held()
    }
  }
  onChange()
  document.addEventListener('visibilitychange', onChange)
  return () => {
    document.removeEventListener('visibilitychange', onChange)
    end?.()
  }
}
