/** Runs `work` one at a time. Each call is answered by a run that starts after it; calls that wait share one. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let waiting: Promise<void> | undefined
  const start = () => {
    running = work().finally(() => {
      running = undefined
    })
    return running
  }
  const afterThis = async (current: Promise<void>) => {
    // Whoever waits for the run that fails is told; this one has only waited for it to end.
    await current.catch(() => undefined)
    waiting = undefined
    return running ?? start()
  }
  return () => {
    if (!running) return start()
    waiting ??= afterThis(running)
    return waiting
  }
}
