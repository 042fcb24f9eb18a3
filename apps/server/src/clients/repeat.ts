/** Something that is done again and again. */
export interface Repeat {
  /** Does it now; while it is under way, whoever asks waits for the same outcome. */
  now(): Promise<boolean>
  isUnderWay(): boolean
  close(): void
}

/**
 * Does `work` again once `waitAfter` milliseconds have passed since the last time. It tells of each time whether it
 * worked, and `waitAfter` is given how often in a row it has not.
 */
export function repeat(work: () => Promise<boolean>, waitAfter: (failures: number) => number): Repeat {
  let failures = 0
  let underWay: Promise<boolean> | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  async function once(): Promise<boolean> {
    const isDone = await work()
    failures = isDone ? 0 : failures + 1
    underWay = undefined
    clearTimeout(timer)
    if (!isClosed) timer = setTimeout(now, waitAfter(failures)).unref()
    return isDone
  }

  function now(): Promise<boolean> {
    underWay ??= once()
    return underWay
  }

  return {
    now,
    isUnderWay: () => underWay !== undefined,
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
