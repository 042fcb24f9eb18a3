import '../../style-nonces.ts'
import Papa from 'papaparse'
import { type FieldTable, readFields } from '../../../../src/documents/csv/fields.ts'
import { setFields } from '../../../../src/documents/csv/set-field.ts'
import { element } from '../../element.ts'
import { replaceDifference } from '../text/replace-difference.ts'
import type { SharedText } from '../text/text-and-cursors.ts'
import { csvWorkbook, gridValueOf } from './csv-workbook.ts'
import { engineWords } from './engine.ts'
import { Grid } from './grid.ts'
import type { GridCell } from './grid-events.ts'
import { spokenCell } from './spoken-cell.ts'
import './sheet.css'

export interface CsvGridOptions {
  readonly fileName: string
  readonly isReadOnly: () => boolean
  /** The user has asked for something that is not done here. */
  readonly refused: () => void
}

const rereadAfter = 150

/** Shows separated values as a grid. What is typed changes its field in the text, and nothing around it. */
export async function csvGrid(into: HTMLElement, shared: SharedText, options: CsvGridOptions): Promise<() => void> {
  const spoken = spokenCell()
  const words = await engineWords()
  let table = readFields(shared.text.toString(), delimiterOf(shared.text.toString(), options.fileName))
  let grid: Grid | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const write = (cells: readonly GridCell[]) => {
    // A formula is written as what it comes to, as soon as that is known.
    const plain = cells.filter(({ formula }) => formula === undefined)
    const changes = plain.map((cell) => ({ ...cell, value: textOf(cell) }))
    if (changes.length === 0) return
    const text = setFields(table, changes)
    table = readFields(text, table.delimiter)
    replaceDifference(shared.text, text)
  }
  const textOf = (cell: GridCell): string => {
    if (cell.format !== undefined && cell.format !== 'General') return grid?.textAt(cell) ?? ''
    return typeof cell.value === 'object' ? (cell.value?.error ?? '') : String(cell.value)
  }
  const settle = (cells: readonly GridCell[]) => {
    const values = cells.map(({ formula: _formula, ...cell }) => cell)
    write(values)
    grid?.put(values)
  }
  const draw = () => {
    grid?.destroy()
    const container = element('div', { class: 'grid', role: 'application', 'aria-label': options.fileName })
    into.replaceChildren(container, spoken.element)
    const content = { workbook: csvWorkbook(table), canCalculate: () => false, hasTools: false, words }
    grid = new Grid(container, content, {
      typed: write,
      // The grid tells of a formula twice: when it has read it, and when it knows what it comes to.
      calculated: (cells) => settle(cells.filter(({ formula, value }) => formula !== undefined && value !== null)),
      selected() {},
      at: spoken.set,
      mayChange: () => !options.isReadOnly(),
      spilled() {},
      refused: options.refused,
      mayLayOut: () => false,
      keepsLooks: () => false,
      mayMerge: () => false,
      looked() {},
      lined() {},
      merged() {},
      froze() {},
    })
  }
  const reread = () => {
    const next = readFields(shared.text.toString(), table.delimiter)
    if (next.text === table.text) return
    const cells = differences(table, next)
    const isLarger = next.rows.length > table.rows.length
    table = next
    if (isLarger) draw()
    else grid?.put(cells)
  }
  const rereadSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(reread, rereadAfter)
  }
  draw()
  shared.text.observe(rereadSoon)
  return () => {
    clearTimeout(timer)
    shared.text.unobserve(rereadSoon)
    grid?.destroy()
    into.replaceChildren()
  }
}

function delimiterOf(text: string, fileName: string): string {
  if (/\.(tsv|tab)$/i.test(fileName)) return '\t'
  const guessed = Papa.parse(text.slice(0, 65_536), { preview: 20, skipEmptyLines: true }).meta.delimiter
  return guessed === '' ? ',' : guessed
}

/** The cells that hold something else now. */
function differences(before: FieldTable, after: FieldTable): readonly GridCell[] {
  const cells: GridCell[] = []
  for (let row = 0; row < Math.max(before.rows.length, after.rows.length); row++) {
    const [old, now] = [before.rows[row] ?? [], after.rows[row] ?? []]
    for (let column = 0; column < Math.max(old.length, now.length); column++) {
      const value = now[column]?.value ?? ''
      if (value !== (old[column]?.value ?? '')) cells.push({ sheet: 0, row, column, value: gridValueOf(value) })
    }
  }
  return cells
}
