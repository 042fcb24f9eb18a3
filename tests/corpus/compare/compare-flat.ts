import { type Change, isOnlyChange } from './change.ts'
import { columnName } from './sheet-rows.ts'
import { attributeIn, isTag, type Middle, middleOf, nameOf, tokensOf, unescapeXml } from './tokens.ts'

/** Names that LibreOffice makes up anew each time, and what it notes about itself. */
function plain(flat: string): string {
  const names = new Map<string, string>()
  return flat
    .replace(/<office:(meta|settings)>[\s\S]*?<\/office:\1>/g, '')
    .replace(/<text:soft-page-break\/>/g, '')
    .replace(/"list\d{4,}"/g, (name) => {
      if (!names.has(name)) names.set(name, `"list ${names.size}"`)
      return names.get(name) ?? name
    })
}

const inText = new Set(['text:span', 'text:s'])

/** What LibreOffice reads otherwise in a text or in slides after a change than the change itself, as sentences. */
export function compareFlatText(before: string, after: string, change: Change): readonly string[] {
  const [one, other] = [tokensOf(plain(before)), tokensOf(plain(after))]
  const middle = middleOf(one, other)
  const stray = strayTags(one, middle)
  if (stray !== undefined) return [`LibreOffice reads another ${stray.slice(0, 100)}`]
  const reach = 40
  const around = [
    one.slice(Math.max(0, middle.start - reach), middle.start),
    one.slice(middle.start + middle.before.length, middle.start + middle.before.length + reach),
  ]
  const [start, end] = around.map(textOf)
  const [was, is] = [middle.before, middle.after].map((tokens) => `${start}${textOf(tokens)}${end}`)
  return isOnlyChange(was ?? '', is ?? '', change) ? [] : ['LibreOffice reads another text']
}

/** A tag that is not one of those around the change. */
function strayTags(all: readonly string[], { start, before, after }: Middle<string>): string | undefined {
  const tags = [...before, ...after].filter(isTag)
  const near = new Set(all.slice(Math.max(0, start - 12), start + before.length + 12))
  return tags.find((tag) => !inText.has(nameOf(tag)) || !(near.has(tag) || nameOf(tag) === 'text:s'))
}

const textOf = (tokens: readonly string[]) =>
  unescapeXml(
    tokens
      .map((token) => (nameOf(token) === 'text:s' && !token.startsWith('</') ? spaces(token) : token))
      .filter((token) => !isTag(token))
      .join(''),
  )
const spaces = (tag: string) => ' '.repeat(Number(attributeIn(tag, 'text:c') ?? 1))

/** What LibreOffice reads otherwise in a workbook than a cell and what follows from it, as sentences. */
export function compareFlatSheets(before: string, after: string, expected: ReadonlySet<string>): readonly string[] {
  const [one, other] = [before, after].map((flat) => plain(withoutObjects(flat)))
  const [was, is] = [cellsOf(one ?? ''), cellsOf(other ?? '')]
  const cells = [...new Set([...was.keys(), ...is.keys()])].filter((place) => was.get(place) !== is.get(place))
  const stray = cells.filter((place) => !expected.has(place))
  const isKept = aroundCells(one ?? '') === aroundCells(other ?? '')
  return [
    ...stray.slice(0, 3).map((place) => `LibreOffice reads something else in ${place}`),
    ...(isKept ? [] : ['LibreOffice reads something else around the cells']),
  ]
}

/** What is drawn of cells follows them. */
const withoutObjects = (flat: string) =>
  flat
    .replace(/(<draw:object\b[^>]*>)[\s\S]*?<\/draw:object>/g, '$1</draw:object>')
    .replace(/<office:binary-data>[\s\S]*?<\/office:binary-data>/g, '')

const aroundCells = (flat: string) =>
  flat.replace(/<table:table-row\b[\s\S]*?<\/table:table-row>/g, '').replace(/\s+/g, ' ')

const most = 500

/** All that stands in cells, and how they look, by places such as `Sheet1!B5`. */
function cellsOf(flat: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [table, , inside] of flat.matchAll(/<table:table (?=[^>]*table:name)([^>]*)>([\s\S]*?)<\/table:table>/g)) {
    const sheet = unescapeXml(attributeIn(table.slice(0, table.indexOf('>') + 1), 'table:name') ?? '')
    let row = 0
    for (const [source] of (inside ?? '').matchAll(/<table:table-row\b[\s\S]*?<\/table:table-row>/g)) {
      const rows = repeated(source, 'rows')
      const cells = [...cellsIn(source)]
      for (let at = 0; at < Math.min(rows, most); at++) {
        for (const [column, cell] of cells) found.set(`${sheet}!${columnName(column)}${row + at + 1}`, cell)
      }
      row += rows
    }
  }
  return found
}

function* cellsIn(row: string): Generator<readonly [number, string]> {
  let column = 1
  const cell = /<table:(?:covered-)?table-cell\b(?:[^>"]|"[^"]*")*?(?:\/>|>[\s\S]*?<\/table:(?:covered-)?table-cell>)/g
  for (const [source] of row.matchAll(cell)) {
    const columns = repeated(source, 'columns')
    const content = source.replace(/ table:number-columns-repeated="\d+"/, '')
    for (let at = 0; at < Math.min(columns, most); at++) yield [column + at, content]
    column += columns
  }
}

const repeated = (source: string, what: 'rows' | 'columns') =>
  Number(attributeIn(source.slice(0, source.indexOf('>') + 1), `table:number-${what}-repeated`) ?? 1)
