/** A word on the pages, and where it is clicked on. */
export interface PaintedWord {
  readonly text: string
  /** The name that the editor has for its paragraph. */
  readonly paragraph: string
  /** It is all that its run says, or a part of what does, or stands in a table: a double click may take more than it. */
  readonly isAlone: boolean
  readonly x: number
  readonly y: number
}

/**
 * Finds a word of a page that can be clicked on. Runs in the page. The word stands between blanks of one run: then it is
 * known where it ends. Where there is none, one at the start of a run is taken, or any other.
 */
export function findPaintedWord(): PaintedWord | undefined {
  const runs = [...document.querySelectorAll('.word[aria-busy=false] .layout-page-content .layout-run-text')].filter(
    (run) => run.closest('.layout-textbox') === null,
  )
  const clickable = (node: Text, from: number, to: number): PaintedWord | undefined => {
    const range = document.createRange()
    range.setStart(node, from)
    range.setEnd(node, to)
    const { x, y, width, height } = range.getBoundingClientRect()
    const [left, top] = [x + width / 2, y + height / 2]
    const hit = document.elementFromPoint(left, top)
    const isSeen = height > 4 && hit !== null && node.parentElement?.contains(hit)
    const isAlone =
      !/^\s?$/.test(node.data.slice(to, to + 1)) ||
      node.data.length === to - from ||
      node.parentElement?.closest('.layout-table') != null
    const paragraph = node.parentElement?.closest<HTMLElement>('.layout-paragraph')?.dataset['paraId'] ?? ''
    return isSeen ? { text: node.data.slice(from, to), paragraph, isAlone, x: left, y: top } : undefined
  }
  const search = (shape: RegExp): PaintedWord | undefined => {
    for (const run of runs) {
      for (const node of run.childNodes) {
        if (!(node instanceof Text)) continue
        for (const match of node.data.matchAll(shape)) {
          const word = match[1] ?? ''
          const from = match.index + match[0].indexOf(word)
          const found = clickable(node, from, from + word.length)
          if (found) return found
        }
      }
    }
    return undefined
  }
  return search(/(?<=\s)(\p{L}{3,})(?=\s)/gu) ?? search(/^(\p{L}{2,})(?=\s)/gu) ?? search(/(\p{L}{2,})/gu)
}
