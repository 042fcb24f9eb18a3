/** After how long without a sign of life someone counts as idle, in milliseconds. */
const idleAfter = 60_000

/** Tells whether the user does something, and for how many milliseconds that has been so. */
export function userState(): () => { readonly State: 'active' | 'idle'; readonly Elapsed: number } {
  let seenAt = Date.now()
  const seen = () => {
    seenAt = Date.now()
  }
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel']) {
    window.addEventListener(kind, seen, { passive: true, capture: true })
  }
  return () => {
    const Elapsed = Date.now() - seenAt
    return { State: Elapsed < idleAfter ? 'active' : 'idle', Elapsed }
  }
}
