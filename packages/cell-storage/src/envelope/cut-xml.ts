import { marks, markupReader } from './markup-reader.ts'

/** Takes in the two kinds of stretches that XML is cut into. */
export interface XmlStretches {
  /** Tags, short texts and entities: an XML parser has to look at each of their letters. */
  markup(bytes: Uint8Array): void
  /** A long stretch of text that has no entities, or how it goes on. An XML parser would take seconds for base64. */
  letters(bytes: Uint8Array): void
}

/** Shorter stretches of text are left where they are. */
const long = 4096

/** Cuts XML that comes slice by slice, none of which should be much shorter than text has to be to be long. */
export function cutXml(into: XmlStretches): (slice: Uint8Array) => void {
  const markup = markupReader()
  let isLetters = false

  return (slice) => {
    const textEnd = endsOfText(slice)
    let from = 0
    for (let at = 0; at < slice.length; ) {
      at = markup.rest(slice, at)
      const end = markup.isOpen() ? at : textEnd(at)
      if (end > at && (isLetters || end - at >= long)) {
        if (at > from) into.markup(slice.subarray(from, at))
        into.letters(slice.subarray(at, end))
        isLetters = true
        from = end
      }
      if (slice[end] === marks.less) isLetters = false
      if (end < slice.length) markup.open(slice[end])
      at = end + 1
    }
    if (from < slice.length) into.markup(slice.subarray(from))
  }
}

/** Where the text ends that stands at a place of a slice. Places are asked for in their order. */
function endsOfText(slice: Uint8Array): (at: number) => number {
  const next = (mark: number) => {
    let place = -1
    return (at: number) => {
      if (place < at) place = slice.indexOf(mark, at)
      if (place < 0) place = slice.length
      return place
    }
  }
  const [less, entity] = [next(marks.less), next(marks.ampersand)]
  return (at) => Math.min(less(at), entity(at))
}
