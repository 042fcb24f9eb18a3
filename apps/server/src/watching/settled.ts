/** Calls `then` once what `run` returns is there or has failed. Returns it untouched: nothing waits any longer for it. */
export function settled<T>(run: () => T, then: (isFailed: boolean, error?: unknown) => void): T {
  const result = attempt(run, then)
  if (result instanceof Promise) {
    result.then(
      () => then(false),
      (error) => then(true, error),
    )
  } else then(false)
  return result
}

function attempt<T>(run: () => T, then: (isFailed: boolean, error?: unknown) => void): T {
  try {
    return run()
  } catch (error) {
    then(true, error)
    throw error
  }
}
