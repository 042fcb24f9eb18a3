import type { Sought } from './find-bar.ts'

/** Where a text holds what is sought, from its beginning on. */
export function placesIn(text: string, { text: wanted, isCaseSensitive }: Sought): readonly number[] {
  if (wanted === '') return []
  const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), isCaseSensitive ? 'gu' : 'giu')
  return [...text.matchAll(pattern)].map(({ index }) => index)
}

/** Shows what was found, without taking the cursor away from whoever looks for it. None: shows nothing any more. */
export function show(ranges: readonly Range[]): void {
  // Where a browser cannot, the place is gone to all the same.
  if (typeof Highlight === 'undefined') return
  CSS.highlights.set('found', new Highlight(...ranges))
}
