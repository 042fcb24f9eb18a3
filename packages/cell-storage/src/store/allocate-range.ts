import type { AllocateRange } from '../objects/request.ts'
import type { RangeResult } from '../objects/response.ts'

/** How far a range may reach. */
const least = 1000n
const most = 100_000n

/** Extended GUIDs that nobody else gets: under a GUID of their own. */
export function allocateRange({ count }: AllocateRange, newGuid: () => string): RangeResult {
  const end = count + 1n
  return { type: 'allocateRange', guid: newGuid(), from: 1n, to: end < least ? least : end > most ? most : end }
}
