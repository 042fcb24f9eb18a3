/** Lets work on the same thing be done one after the other. */
export interface Turns {
  take<T>(key: string, work: () => Promise<T>): Promise<T>
  /** Whether work is under way or waits. */
  isTaken(key: string): boolean
}

/** Turns by a key. How one piece of work ends makes no difference to the next. */
export function inTurn(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    isTaken: (key) => last.has(key),
    take(key, work) {
      const running = (last.get(key) ?? Promise.resolve()).then(work, work)
      last.set(key, running)
      const leave = () => void (last.get(key) === running && last.delete(key))
      running.then(leave, leave)
      return running
    },
  }
}
