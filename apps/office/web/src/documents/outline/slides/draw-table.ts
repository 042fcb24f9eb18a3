import type { Line, Table, TableCell } from '../../../../../src/documents/slides/slide.ts'
import { element } from '../../../element.ts'
import { type Drawn, drawText } from './draw-text.ts'

/** A table of a slide. */
export function drawTable({ columns, rows }: Table, drawn: Drawn): HTMLElement {
  const sizes = columns.map((width) => {
    const column = element('col')
    column.style.width = `${width}px`
    return column
  })
  const shown = rows.map(({ height, cells }) => {
    const row = element('tr', {}, ...cells.map((cell) => drawCell(cell, drawn)))
    row.style.height = `${height}px`
    return row
  })
  return element('table', { class: 'slide-table' }, element('colgroup', {}, ...sizes), element('tbody', {}, ...shown))
}

const vertical = { top: 'top', middle: 'middle', bottom: 'bottom' } as const

function drawCell({ across, down, text, fill, borders }: TableCell, drawn: Drawn): HTMLElement {
  const cell = element('td', { colspan: String(across), rowspan: String(down) }, drawText(text, drawn))
  Object.assign(cell.style, {
    verticalAlign: vertical[text.anchor],
    ...(fill?.is === 'color' && { backgroundColor: fill.color }),
    ...(fill?.is === 'gradient' && { backgroundColor: fill.stops[0]?.color }),
    borderLeft: border(borders.left),
    borderRight: border(borders.right),
    borderTop: border(borders.top),
    borderBottom: border(borders.bottom),
  })
  return cell
}

const border = (line: Line | undefined): string =>
  line ? `${line.width}px ${line.dashes.length > 0 ? 'dashed' : 'solid'} ${line.color}` : 'none'
