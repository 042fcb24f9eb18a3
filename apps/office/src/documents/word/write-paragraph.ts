import { escapeText } from '../package/xml/escape-xml.ts'
import type { XmlElement } from '../package/xml/xml-tree.ts'
import type { Container, Item } from './flatten.ts'
import type { Story } from './story.ts'

/** One thing on its way into a paragraph. */
export interface Written {
  readonly path: readonly Container[]
  /** The run it stands in: one of the file's, or a new one. `undefined`: it stands between runs. */
  readonly run: XmlElement | 'new' | undefined
  /** The properties of the run, as they are written. */
  readonly properties: string
  readonly content: { readonly text: string } | { readonly raw: string }
  /** The thing of the file that it is, unchanged. */
  readonly item?: Item
}

const hidesText = new Set(['del', 'moveFrom'])

/** The content of a paragraph. Runs of the file of which nothing has changed are written as they were. */
export function writeContent(story: Story, all: readonly Written[], sizes: ReadonlyMap<XmlElement, number>): string {
  let result = ''
  let open: readonly Container[] = []
  for (const group of grouped(all)) {
    const { path } = group[0] ?? { path: [] }
    const common = path.findIndex((container, index) => container !== open[index])
    const shared = common < 0 ? Math.min(path.length, open.length) : common
    result += closing(open.slice(shared))
    result += path
      .slice(shared)
      .map((container) => container.open)
      .join('')
    open = path
    result += writeGroup(story, group, sizes)
  }
  return result + closing(open)
}

const closing = (path: readonly Container[]): string =>
  path
    .map(({ close }) => close)
    .reverse()
    .join('')

/**
 * Splits into what shares one run: at most one of the file, and what is new beside it. New text never shares the run of
 * a mark of a field: programs look for none behind it.
 */
function grouped(all: readonly Written[]): readonly (readonly Written[])[] {
  const groups: Written[][] = []
  let own: Written['run'] = 'new'
  for (const one of all) {
    const last = groups.at(-1)
    const isSameRun = one.run === 'new' || own === 'new' || one.run === own
    const isFree = last?.at(-1)?.item?.piece.local !== 'fldChar' || one.run === own
    if (last?.[0]?.run !== undefined && one.run !== undefined && isSameRun && isFree && looksAlike(last[0], one)) {
      last.push(one)
      if (one.run !== 'new') own = one.run
    } else {
      groups.push([one])
      own = one.run
    }
  }
  return groups
}

const looksAlike = (one: Written, other: Written): boolean =>
  one.properties === other.properties &&
  one.path.length === other.path.length &&
  one.path.every((container, index) => container === other.path[index])

function writeGroup(story: Story, group: readonly Written[], sizes: ReadonlyMap<XmlElement, number>): string {
  const [first] = group
  if (!first) return ''
  if (first.run === undefined) return writePieces(group)
  const { run } = group.find((one) => one.run !== 'new') ?? first
  const isWhole =
    typeof run === 'object' && group.length === sizes.get(run) && group.every((one) => one.item?.run === run)
  if (isWhole && run) return story.raw(run)
  const open =
    typeof run === 'object' ? story.source.slice(run.start, run.contentStart).replace(/\s*\/>$/, '>') : '<w:r>'
  const close = typeof run === 'object' ? `</${run.name}>` : '</w:r>'
  return `${open}${first.properties}${writePieces(group)}${close}`
}

function writePieces(group: readonly Written[]): string {
  let result = ''
  let text = ''
  const name = group[0]?.path.some(({ local }) => hidesText.has(local)) ? 'w:delText' : 'w:t'
  const flush = () => {
    if (text !== '') result += `<${name} xml:space="preserve">${escapeText(text)}</${name}>`
    text = ''
  }
  for (const { content } of group) {
    if ('text' in content) text += content.text
    else {
      flush()
      result += content.raw
    }
  }
  flush()
  return result
}
