/** Runs something a while after it was last asked for, but does not let itself be put off for ever. */
export interface Debounced {
  ask(): void
  /** Whether a run is due. */
  readonly isDue: boolean
  cancel(): void
}

/** `after` the last ask, and at most `atMost` after the first, both in milliseconds. */
export function debounced({ after, atMost }: { after: number; atMost: number }, run: () => void): Debounced {
  let timer: NodeJS.Timeout | undefined
  let firstAt = 0
  const cancel = () => {
    clearTimeout(timer)
    timer = undefined
  }
  return {
    get isDue() {
      return timer !== undefined
    },
    ask() {
      const now = performance.now()
      if (!timer) firstAt = now
      clearTimeout(timer)
      timer = setTimeout(
        () => {
          timer = undefined
          run()
        },
        Math.max(0, Math.min(after, firstAt + atMost - now)),
      )
    },
    cancel,
  }
}
