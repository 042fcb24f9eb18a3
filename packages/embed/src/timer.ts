/** Runs something once, so many milliseconds from now. Returns the way to call it off. */
export type Timer = (run: () => void, milliseconds: number) => () => void

/** The browser's timer. */
export const browserTimer: Timer = (run, milliseconds) => {
  const id = setTimeout(run, milliseconds)
  return () => clearTimeout(id)
}
