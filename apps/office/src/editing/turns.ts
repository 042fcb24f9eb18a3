/** Lets things happen one after the other. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  /** Runs `step` once all that came before it have ended, however they ended. */
  take<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(step, step)
    this.#last = turn.catch(() => {})
    return turn
  }
}
