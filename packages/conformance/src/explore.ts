/** What a sequence of steps came to when it went wrong. */
export interface Wrong<S> {
  readonly steps: readonly S[]
  readonly error: Error
}

/** How sequences are tried. */
export interface Exploration<S> {
  /** One more step, whatever it is. */
  readonly step: () => S
  /** Goes through a sequence from the beginning, and throws where something is wrong. */
  readonly play: (steps: readonly S[]) => Promise<void>
  /** Whether what was thrown is a finding, to be made smaller; anything else ends the exploration. */
  readonly isFinding: (error: unknown) => error is Error
  readonly sequences: number
  readonly length: number
}

/** Plays random sequences until one goes wrong, and finds the shortest part of it that does. `undefined`: none did. */
export async function explore<S>(exploration: Exploration<S>): Promise<Wrong<S> | undefined> {
  const { step, sequences, length } = exploration
  for (let round = 0; round < sequences; round++) {
    const steps = Array.from({ length }, step)
    const error = await wrongIn(exploration, steps)
    if (error) return shrunk(exploration, { steps, error })
  }
  return undefined
}

async function wrongIn<S>({ play, isFinding }: Exploration<S>, steps: readonly S[]): Promise<Error | undefined> {
  try {
    await play(steps)
    return undefined
  } catch (error) {
    if (isFinding(error)) return error
    throw error
  }
}

/** Takes out ever smaller pieces for as long as what is left goes wrong. */
async function shrunk<S>(exploration: Exploration<S>, found: Wrong<S>): Promise<Wrong<S>> {
  let smallest = found
  for (let size = Math.ceil(found.steps.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
    for (let at = 0; at < smallest.steps.length; ) {
      const steps = smallest.steps.toSpliced(at, size)
      const error = steps.length === 0 ? undefined : await wrongIn(exploration, steps)
      if (error) smallest = { steps, error }
      else at += size
    }
  }
  return smallest
}
