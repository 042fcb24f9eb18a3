import type { Box } from './mark.ts'

/** Text of a page that is selected. */
export interface SelectedText {
  readonly page: number
  /** In points of the page as it is shown. */
  readonly lines: readonly Box[]
  readonly text: string
}

/** The text that is selected in these sheets, page by page. */
export function selectedText(sheets: readonly HTMLElement[], scale: number): readonly SelectedText[] {
  const selection = getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return []
  const range = selection.getRangeAt(0)
  return sheets.flatMap((sheet, index) => {
    const spans = [...sheet.querySelectorAll('.textLayer span')].filter((span) => range.intersectsNode(span))
    const parts = spans.flatMap((span) => partOf(span, range))
    const at = sheet.getBoundingClientRect()
    const lines = parts
      .flatMap((part) => [...part.getClientRects()])
      .filter(({ width, height }) => width > 0 && height > 0)
      .map(({ x, y, width, height }) => ({
        x: (x - at.x) / scale,
        y: (y - at.y) / scale,
        width: width / scale,
        height: height / scale,
      }))
    const text = parts.map(String).join(' ')
    return lines.length > 0 ? [{ page: index + 1, lines, text }] : []
  })
}

/** What of a range lies in one line of text. */
function partOf(span: Element, range: Range): readonly Range[] {
  if (!(span.firstChild instanceof Text)) return []
  const part = document.createRange()
  part.selectNodeContents(span)
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0)
    part.setStart(range.startContainer, range.startOffset)
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset)
  return part.collapsed ? [] : [part]
}
