/**
 * Asks through `ask`; for `pause` milliseconds after a failure, fails with it at once. Whoever comes meanwhile neither
 * waits for a server that does not answer nor burdens one that is coming back.
 */
export function failFast<A extends readonly unknown[], T>(
  ask: (...args: A) => Promise<T>,
  { pause, now }: { readonly pause: number; readonly now: () => number },
): (...args: A) => Promise<T> {
  let failed: { readonly error: unknown; readonly until: number } | undefined
  return async (...args) => {
    if (failed && now() < failed.until) throw failed.error
    try {
      return await ask(...args)
    } catch (error) {
      failed = { error, until: now() + pause }
      throw error
    }
  }
}
