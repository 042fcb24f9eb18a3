/** Does `work` when there is a place for it: at most `most` are done at a time, in the order in which they came. */
export function places(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let taken = 0
  return async (work) => {
    if (taken === most) await new Promise<void>((next) => waiting.push(next))
    else taken++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else taken--
    }
  }
}
