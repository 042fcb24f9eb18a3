/** A path segment without its percent escapes. `undefined`: they are malformed. */
export function decodeSegment(raw: string): string | undefined {
  try {
    return raw.includes('%') ? decodeURIComponent(raw) : raw
  } catch {
    return undefined
  }
}
