import { DocumentError } from '../package/document-error.ts'
import type { StartTag } from '../package/xml/read-xml.ts'

/** Estimates how many pages a text takes, while it is read. */
export interface PageCount {
  /** As far as the last section that has ended, and by the breaks behind it. */
  readonly count: number
  opened(tag: StartTag): void
  /** Throws `DocumentError` at the end of a section whose pages have no room. */
  closed(local: string | undefined): void
  text(length: number): void
}

interface Size {
  readonly width: number
  readonly height: number
}

interface Margins {
  readonly across: number
  readonly down: number
}

/** In twentieths of a point, as Word measures pages. */
const usualPage: Size = { width: 12_240, height: 15_840 }
const usualMargin = 1_440
const usualMargins: Margins = { across: 2 * usualMargin, down: 2 * usualMargin }
const lineHeight = 240
const letterWidth = 100
/** Less than this beside its margins is no page: the editor would never come to its end. */
const leastRoom = 144

/** Counts breaks, and lays out the text of each section roughly. */
export function pageCount(): PageCount {
  let [pages, breaks, lines, characters] = [1, 0, 0, 0]
  let page = usualPage
  let margins = usualMargins
  return {
    get count() {
      return pages + breaks
    },
    opened(tag) {
      if (tag.local === 'p' || tag.local === 'br') lines++
      if (tag.local === 'pageBreakBefore' || (tag.local === 'br' && attributeIn(tag, 'type') === 'page')) breaks++
      if (tag.local === 'sectPr') [page, margins] = [usualPage, usualMargins]
      if (tag.local === 'pgSz') page = sizeIn(tag)
      if (tag.local === 'pgMar') margins = marginsIn(tag)
    },
    closed(local) {
      if (local !== 'sectPr') return
      const { width, height } = roomOn(page, margins)
      const full = characters / Math.max(1, Math.floor(width / letterWidth))
      pages += breaks + 1 + Math.floor((lines + full) / Math.max(1, Math.floor(height / lineHeight)))
      lines = characters = breaks = 0
    },
    text(length) {
      characters += length
    },
  }
}

const attributeIn = ({ attributes }: StartTag, local: string): string | undefined =>
  Object.values(attributes).find((one) => one.local === local)?.value

/** What is not there, or no number, is taken for `usual`. */
function measure(tag: StartTag, local: string, usual: number): number {
  const value = Number.parseFloat(attributeIn(tag, local) ?? '')
  return Number.isFinite(value) ? value : usual
}

/** A page of no size is one of the usual size. */
const sizeIn = (tag: StartTag): Size => ({
  width: measure(tag, 'w', 0) || usualPage.width,
  height: measure(tag, 'h', 0) || usualPage.height,
})

const marginsIn = (tag: StartTag): Margins => {
  const margin = (side: string) => Math.abs(measure(tag, side, usualMargin))
  return { across: margin('left') + margin('right'), down: margin('top') + margin('bottom') }
}

/** What is left of a page for its text. */
function roomOn({ width, height }: Size, { across, down }: Margins): Size {
  const room = { width: width - across, height: height - down }
  if (Math.min(room.width, room.height) >= leastRoom) return room
  throw new DocumentError(
    'too-much',
    'This document has pages without room for text, which cannot be shown here. Download it to open it with another program.',
  )
}
