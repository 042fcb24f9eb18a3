import Papa from 'papaparse'
import { element } from '../../element.ts'
import { strings } from '../../strings.ts'

const mostRows = 2_000

/** Comma- or tab-separated values as a table. */
export function showTable(text: string, into: HTMLElement): void {
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: 'greedy', preview: mostRows + 1 })
  const [head, ...rows] = data.slice(0, mostRows)
  if (!head) {
    into.replaceChildren(element('p', { class: 'empty' }, strings.notices.emptyTable))
    return
  }
  const columns = Math.max(...data.map((row) => row.length))
  const line = (name: 'th' | 'td', row: readonly string[]) =>
    element('tr', {}, ...Array.from({ length: columns }, (_, index) => cell(name, row[index] ?? '')))
  const table = element(
    'table',
    { class: 'table' },
    element('thead', {}, line('th', head)),
    element('tbody', {}, ...rows.map((row) => line('td', row))),
  )
  const cut = data.length > mostRows ? element('p', { class: 'empty' }, strings.notices.tableCut(mostRows)) : undefined
  into.replaceChildren(...[table, cut].filter((part) => part !== undefined))
}

const cell = (name: 'th' | 'td', text: string) =>
  element(name, { ...(name === 'th' && { scope: 'col' }), ...(isNumber(text) && { class: 'number' }) }, text)

const isNumber = (text: string): boolean => /^\s*[-+]?[\d.,\u00a0 ]*\d\s*%?\s*$/.test(text)
