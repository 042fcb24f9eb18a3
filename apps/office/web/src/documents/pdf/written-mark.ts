import { AnnotationEditorType, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { type Box, highlightColor, highlightOpacity, looks, type Mark, roomOf } from './mark.ts'

/** The key under which pdf.js writes something as a new annotation. */
export const markKey = (id: number): string => `pdfjs_internal_editor_${id}`

/** A mark as pdf.js writes it into the file. `undefined`: there is nothing to write. */
export function writtenMark(mark: Mark, page: PDFPageProxy, user: string): object | undefined {
  const { rotation } = page.getViewport({ scale: 1 })
  const common = { pageIndex: mark.page - 1, rotation, structTreeParentId: null, ...(user && { user }) }
  if (mark.is === 'highlight') return { ...common, ...highlighted(mark.lines.map((line) => rectOf(line, page))) }
  const value = mark.text.trimEnd()
  if (value === '') return undefined
  const { size, color } = looks[mark.is]
  const rect = rectOf({ x: mark.x, y: mark.y, ...roomOf({ is: mark.is, text: value }) }, page)
  return { ...common, annotationType: AnnotationEditorType.FREETEXT, color, fontSize: size, value, rect }
}

/** Left, bottom, right and top as the file has them. */
type Rect = readonly [number, number, number, number]

function rectOf({ x, y, width, height }: Box, page: PDFPageProxy): Rect {
  const viewport = page.getViewport({ scale: 1 })
  const [x1 = 0, y1 = 0] = viewport.convertToPdfPoint(x, y)
  const [x2 = 0, y2 = 0] = viewport.convertToPdfPoint(x + width, y + height)
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]
}

function highlighted(rects: readonly Rect[]) {
  const [first = [0, 0, 0, 0]] = rects
  const rect = rects.reduce<Rect>(
    (all, one) => [
      Math.min(all[0], one[0]),
      Math.min(all[1], one[1]),
      Math.max(all[2], one[2]),
      Math.max(all[3], one[3]),
    ],
    [first[0], first[1], first[2], first[3]],
  )
  return {
    annotationType: AnnotationEditorType.HIGHLIGHT,
    color: highlightColor,
    opacity: highlightOpacity,
    quadPoints: rects.flatMap(([left, bottom, right, top]) => [left, top, right, top, left, bottom, right, bottom]),
    outlines: rects.map(([left, bottom, right, top]) => [left, bottom, right, bottom, right, top, left, top]),
    rect,
  }
}
