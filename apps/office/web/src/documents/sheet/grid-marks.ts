import type { FUniver } from '@univerjs/core/facade'
import { areaName } from '../../../../src/documents/sheet/reference.ts'
import type { Mark } from './grid-events.ts'
import { sheetId } from './grid-place.ts'

export type GridBook = ReturnType<FUniver['createWorkbook']>

/** The selections of others, on the sheet that is in front. */
export interface GridMarks {
  set(marks: readonly Mark[]): void
  draw(): void
}

/** Draws marks on the sheets of `book`. */
export function gridMarks(book: GridBook): GridMarks {
  let marks: readonly Mark[] = []
  let drawn: { dispose(): void }[] = []
  return {
    set(next) {
      marks = next
    },
    draw() {
      for (const one of drawn) one.dispose()
      const front = book.getActiveSheet()
      const here = marks.filter(({ sheet }) => sheetId(sheet) === front.getSheetId())
      drawn = here.map(({ area, color }) =>
        front.highlightRanges([front.getRange(areaName(area))], {
          stroke: color,
          strokeWidth: 2,
          fill: seeThrough(color),
        }),
      )
    },
  }
}

/** The colour as a veil over cells. */
function seeThrough(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return `rgba(${red}, ${green}, ${blue}, 0.1)`
}
