import type { DocumentSearch, Found, Sought } from '../../find-bar.ts'
import { placesIn, show } from '../../found-places.ts'
import type { ParagraphField } from './paragraph-field.ts'

interface Place {
  readonly field: ParagraphField
  readonly from: number
}

/** Finds and replaces text in paragraphs. `edited` is called after a change. */
export function outlineSearch(fields: () => readonly ParagraphField[], edited: () => void): DocumentSearch {
  let at: Place | undefined

  const placesOf = (sought: Sought): readonly Place[] =>
    fields().flatMap((field) => placesIn(field.text, sought).map((from) => ({ field, from })))

  function go(places: readonly Place[], index: number, { text }: Sought): Found {
    at = places[index]
    const range = at?.field.range(at.from, at.from + text.length)
    show(range ? [range] : [])
    at?.field.element.scrollIntoView({ block: 'center' })
    return { at: at ? index + 1 : 0, of: places.length }
  }

  /** The first place from the one on that was shown last. */
  function nearest(places: readonly Place[]): number {
    const all = fields()
    const [field, from] = [at ? all.indexOf(at.field) : 0, at?.from ?? 0]
    const found = places.findIndex((one) => {
      const index = all.indexOf(one.field)
      return index > field || (index === field && one.from >= from)
    })
    return Math.max(0, found)
  }

  const search: DocumentSearch = {
    look(sought) {
      const places = placesOf(sought)
      return go(places, nearest(places), sought)
    },
    step(sought, by) {
      const places = placesOf(sought)
      const now = places.findIndex(({ field, from }) => field === at?.field && from === at.from)
      if (now < 0) return go(places, nearest(places), sought)
      return go(places, (now + by + places.length) % places.length, sought)
    },
    replace(sought, text) {
      const places = placesOf(sought)
      const now = places.find(({ field, from }) => field === at?.field && from === at.from)
      if (!now) return search.look(sought)
      now.field.replace(now.from, now.from + sought.text.length, text)
      edited()
      at = { field: now.field, from: now.from + text.length }
      return search.look(sought)
    },
    replaceAll(sought, text) {
      const places = placesOf(sought)
      // From the end on: what stands before a place is where it was.
      for (const { field, from } of [...places].reverse()) field.replace(from, from + sought.text.length, text)
      if (places.length > 0) edited()
      show([])
      return places.length
    },
  }
  return search
}
