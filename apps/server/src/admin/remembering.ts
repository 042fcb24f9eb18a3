/** Asks once and remembers the answer for a while. Whoever asks while it is being found out waits for the same one. */
export function remembering<T>(
  ask: () => Promise<T>,
  { lifetime, now }: { readonly lifetime: number; readonly now: () => number },
): () => Promise<{ readonly answer: T; readonly at: number }> {
  let known: { readonly answer: Promise<T>; readonly at: number } | undefined
  return async () => {
    if (!known || known.at + lifetime <= now()) {
      const asked = { answer: ask(), at: now() }
      known = asked
      asked.answer.catch(() => {
        // A question that failed is asked again.
        if (known === asked) known = undefined
      })
    }
    return { answer: await known.answer, at: known.at }
  }
}
