/** A process that can end at a step of its work, and from then on does nothing more. */
export interface MortalProcess {
  /** Throws where it has ended. */
  look(): void
  /** Counts a step; throws where it ends here, or has ended. */
  step(): void
  /** Whether it ended before `work` was done, at the step of this number. What `work` throws otherwise is thrown. */
  endsAt(number: number, work: () => Promise<unknown>): Promise<boolean>
}

class ProcessEnd extends Error {}

/** One that lives on until it is told at which step it ends. */
export function mortalProcess(): MortalProcess {
  let left = Number.POSITIVE_INFINITY
  function look(): void {
    if (left <= 0) throw new ProcessEnd('the process has ended')
  }
  return {
    look,
    step() {
      left--
      look()
    },
    async endsAt(number, work) {
      left = number
      const failure = await work().then(
        () => undefined,
        (error: unknown) => error ?? new Error('it failed'),
      )
      const hasEnded = left <= 0
      left = Number.POSITIVE_INFINITY
      if (failure !== undefined && !hasEnded) throw failure
      return hasEnded
    },
  }
}
