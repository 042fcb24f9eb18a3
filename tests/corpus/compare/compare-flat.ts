import { type Change, isOnlyChange } from './change.ts'
import { columnName } from './sheet-rows.ts'
import { attributeIn, isTag, type Middle, middleOf, nameOf, tokensOf, unescapeXml } from './tokens.ts'

/** Names that LibreOffice makes up anew each time. */
const madeUp = /\b(list|ct|__Annotation__)\d[\d_]{3,}/g
/** What it notes about itself, and about the moment and the place. */
const passing: readonly (readonly [RegExp, string])[] = [
  [/<office:binary-data>[^<]*<\/office:binary-data>/g, ''],
  [/<office:(meta|settings|font-face-decls)>[\s\S]*?<\/office:\1>/g, ''],
  [/<table:calculation-settings\b[^>]*\/>/g, ''],
  [/<table:calculation-settings\b[^>]*>[\s\S]*?<\/table:calculation-settings>/g, ''],
  [/<text:soft-page-break\/>/g, ''],
  [/<text:(date|time)\b[^>]*>[^<]*<\/text:\1>/g, ''],
  [/(font-name(?:-asian|-complex)?="[^"]*?)\d+"/g, '$1"'],
  [/\/(before|after)\//g, '/'],
]

function plain(flat: string): string {
  const names = new Map<string, string>()
  const kept = passing.reduce((text, [shape, instead]) => text.replace(shape, instead), flat)
  return kept.replace(madeUp, (name) => {
    if (!names.has(name)) names.set(name, `name ${names.size}`)
    return names.get(name) ?? name
  })
}

const inText = new Set(['text:span', 'text:s'])

/** What LibreOffice reads otherwise in a text or in slides after a change than the change itself, as sentences. */
export function compareFlatText(before: string, after: string, change: Change): readonly string[] {
  const [one, other] = [tokensOf(plain(before)), tokensOf(plain(after))]
  const middle = middleOf(one, other)
  const stray = strayTags(one, middle)
  // A word may move what is numbered, and stand in the names of things too: then the text alone is asked for.
  if (stray !== undefined)
    return isOnlyChange(bodyText(one), bodyText(other), change) ? [] : ['LibreOffice reads another text']
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

const bodyText = (tokens: readonly string[]) =>
  textOf(tokens.slice(tokens.indexOf('<office:body>')).filter((token) => !/^\s*\n\s*$/.test(token)))

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
  const known = expectedPlaces(expected, was)
  const stray = [...new Set([...was.keys(), ...is.keys()])].filter(
    (place) => was.get(place) !== is.get(place) && !known(place) && !isResult(was.get(place), is.get(place)),
  )
  const inPivots = pivotPlaces(one ?? '')
  const isKept = aroundCells(one ?? '') === aroundCells(other ?? '')
  return [
    ...stray
      .filter((place) => !inPivots(place))
      .slice(0, 3)
      .map((place) => `LibreOffice reads something else in ${place}`),
    ...(isKept ? [] : ['LibreOffice reads something else around the cells']),
  ]
}

/** It gives some sheets another name than the file does: then their cells are known by themselves. */
function expectedPlaces(expected: ReadonlySet<string>, cells: ReadonlyMap<string, string>) {
  const sheetOf = (place: string) => place.slice(0, place.lastIndexOf('!'))
  const sheets = new Set([...cells.keys()].map(sheetOf))
  const names = new Set(
    [...expected].filter((place) => !sheets.has(sheetOf(place))).map((place) => place.split('!').at(-1)),
  )
  return (place: string) => expected.has(place) || names.has(place.split('!').at(-1))
}

/** The same formula that has come to something else: it may calculate as it reads. */
function isResult(was: string | undefined, is: string | undefined): boolean {
  const bare = (cell = '') =>
    cell
      .replace(/ (office|calcext):(value|value-type|string-value|boolean-value)="[^"]*"/g, '')
      .replace(/<text:p>.*?<\/text:p>/gs, '')
  return was?.includes('table:formula="') === true && bare(was) === bare(is)
}

/** It makes pivot tables anew from what they are about. */
function pivotPlaces(flat: string): (place: string) => boolean {
  const sheets = [...flat.matchAll(/table:target-range-address="(.+?)\.[^"]*"/g)].map((match) =>
    unescapeXml(match[1] ?? '').replace(/^'|'$/g, ''),
  )
  return (place) => sheets.includes(place.slice(0, place.lastIndexOf('!')))
}

/** What is drawn of cells follows them. */
const withoutObjects = (flat: string) =>
  flat
    .replace(/(<draw:object\b[^>]*>)[\s\S]*?<\/draw:object>/g, '$1</draw:object>')
    .replace(/<office:binary-data>[\s\S]*?<\/office:binary-data>/g, '')

/** In whatever order it writes it. */
const aroundCells = (flat: string) =>
  tokensOf(flat.slice(flat.indexOf('<office:body>')).replace(/<table:table-row\b[\s\S]*?<\/table:table-row>/g, ''))
    .filter((token) => token.trim() !== '')
    .sort()
    .join('')

const mostRows = 3_000
const mostColumns = 120

/** All that stands in cells, and how they look, by places such as `Sheet1!B5`. */
function cellsOf(flat: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [table, , inside] of flat.matchAll(/<table:table (?=[^>]*table:name)([^>]*)>([\s\S]*?)<\/table:table>/g)) {
    const sheet = unescapeXml(attributeIn(table.slice(0, table.indexOf('>') + 1), 'table:name') ?? '')
    let row = 0
    for (const [source] of (inside ?? '').matchAll(/<table:table-row\b[\s\S]*?<\/table:table-row>/g)) {
      const rows = repeated(source, 'rows')
      const cells = [...cellsIn(source)]
      for (let at = 0; at < rows && row + at < mostRows; at++) {
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
    const isEmpty = /^<table:table-cell\s*\/>$/.test(content)
    for (let at = 0; !isEmpty && at < columns && column + at <= mostColumns; at++) yield [column + at, content]
    column += columns
  }
}

const repeated = (source: string, what: 'rows' | 'columns') =>
  Number(attributeIn(source.slice(0, source.indexOf('>') + 1), `table:number-${what}-repeated`) ?? 1)
