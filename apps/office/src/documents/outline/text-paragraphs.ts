import { escapeText } from '../package/xml/escape-xml.ts'
import { readXml, type StartTag } from '../package/xml/read-xml.ts'
import type { SourceParagraph } from './part-text.ts'
import type { Run, Stretch } from './stretches.ts'

const textUri = 'urn:oasis:names:tc:opendocument:xmlns:text:1.0'

/** Elements that only say how the text within them looks, or what it is part of. */
const transparent = new Set(['span', 'a', 'meta', 'meta-field', 'ruby', 'ruby-base'])
/** Text that is no longer there, or not yet. */
const hidden = new Set(['tracked-changes', 'ruby-text', 'note', 'annotation', 'index-title-template'])

/** Longest stretch of spaces that one element stands for. */
const mostSpaces = 1000

interface Growing {
  readonly tag: StartTag
  readonly level: number
  readonly runs: Stretch[][]
}

/** The paragraphs and headings of an OpenDocument text, in their order in `content.xml`. */
export function textParagraphs(source: string): readonly SourceParagraph[] {
  const found: SourceParagraph[] = []
  const path: StartTag[] = []
  const open: Growing[] = []
  let skipped: StartTag | undefined

  const spell = (tag: StartTag) => spelling(tag.name.slice(0, -tag.local.length))
  const place = (tag: StartTag, at: number): Stretch => ({ start: at, end: at, text: '', write: spell(tag) })

  function opened(tag: StartTag): void {
    const parent = path.at(-1)
    path.push(tag)
    if (skipped) return
    const isText = tag.uri === textUri
    if (isText && hidden.has(tag.local)) skipped = tag
    if (isText && (tag.local === 'p' || tag.local === 'h')) begin(tag)
    else within(tag, parent)
  }

  function within(tag: StartTag, parent: StartTag | undefined): void {
    const current = open.at(-1)
    if (!current || isTransparent(tag) || !parent || !isIn(parent, current)) return
    const space = spaceOf(tag)
    if (space !== undefined) add(current, { start: tag.start, end: tag.end, text: space, write: spell(current.tag) })
    else cut(current, tag.start)
  }

  function begin(tag: StartTag): void {
    const level = tag.local === 'h' ? Number(attribute(tag, 'outline-level') ?? 1) || 1 : 0
    open.push({ tag, level, runs: [[]] })
  }

  /** Whether what stands in `parent` is text of the paragraph itself, rather than of a frame or a note in it. */
  const isIn = (parent: StartTag, { tag }: Growing): boolean => parent === tag || isTransparent(parent)

  function add({ runs }: Growing, stretch: Stretch): void {
    runs.at(-1)?.push(stretch)
  }

  function cut(into: Growing, at: number): void {
    if (into.runs.at(-1)?.length === 0) add(into, place(into.tag, at))
    into.runs.push([])
  }

  function end(paragraph: Growing, at: number): void {
    const { runs, level, tag } = paragraph
    const { name } = tag
    const whole: Stretch = {
      start: tag.start,
      end: tag.end,
      text: '',
      write: (text) => `${source.slice(tag.start, tag.end).replace(/\s*\/>$/, '>')}${spell(tag)(text)}</${name}>`,
    }
    const empty = tag.isSelfClosing ? whole : place(tag, at)
    found.push({ start: tag.start, runs: runs.map(([first = empty, ...more]): Run => [first, ...more]), level })
  }

  readXml(source, {
    opened,
    text(text, start, stop) {
      const [current, parent] = [open.at(-1), path.at(-1)]
      if (skipped || !current || !parent || !isIn(parent, current)) return
      // White space around elements says as much as one space.
      add(current, { start, end: stop, text: text.replace(/[\t\n\r ]+/g, ' '), write: spell(current.tag) })
    },
    closed({ start }) {
      const tag = path.pop()
      if (tag === skipped) skipped = undefined
      const current = open.at(-1)
      if (!tag || tag !== current?.tag) return
      open.pop()
      end(current, start)
    },
  })
  return found
}

type Named = Pick<StartTag, 'local' | 'uri' | 'attributes'>

/** Whether what stands in an element is text of the paragraph around it. */
export const isTransparent = ({ local, uri }: Pick<Named, 'local' | 'uri'>): boolean =>
  uri === textUri && transparent.has(local)

const attribute = (tag: Named, local: string): string | undefined =>
  Object.values(tag.attributes).find((one) => one.local === local && one.uri === textUri)?.value

/** What `<text:s text:c="3"/>`, or a tab, stands for. `undefined`: it is something else. */
export function spaceOf(tag: Named): string | undefined {
  if (tag.uri !== textUri) return undefined
  if (tag.local === 'tab') return '\t'
  if (tag.local !== 's') return undefined
  const count = Number(attribute(tag, 'c') ?? 1)
  return ' '.repeat(Number.isInteger(count) && count >= 0 ? Math.min(count, mostSpaces) : 1)
}

/** Spaces in a row, and tabs, are elements: as text they would be one space. */
const spelling =
  (prefix: string) =>
  (text: string): string =>
    text
      .split(/(\t|^ | {2,}| $)/)
      .map((piece) => {
        if (piece === '\t') return `<${prefix}tab/>`
        if (/^ +$/.test(piece)) return `<${prefix}s${piece.length > 1 ? ` ${prefix}c="${piece.length}"` : ''}/>`
        return escapeText(piece)
      })
      .join('')
