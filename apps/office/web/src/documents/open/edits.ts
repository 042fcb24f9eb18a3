const again = 5 * 60_000

/** Tells of the first edit, and while editing goes on, once every five minutes. */
export function edits(tell: () => void): () => void {
  let toldAt = Number.NEGATIVE_INFINITY
  return () => {
    const now = Date.now()
    if (now - toldAt < again) return
    toldAt = now
    tell()
  }
}
