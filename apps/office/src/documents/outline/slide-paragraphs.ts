import { escapeText } from '../package/xml/escape-xml.ts'
import { readXml, type StartTag } from '../package/xml/read-xml.ts'
import type { SourceParagraph } from './part-text.ts'
import type { Stretch } from './stretches.ts'

const drawing = 'http://schemas.openxmlformats.org/drawingml/2006/main'
const strict = 'http://purl.oclc.org/ooxml/drawingml/main'
const isDrawing = ({ uri }: StartTag) => uri === drawing || uri === strict

/** What stands in a paragraph for something that is no text. */
const anchors = new Set(['br', 'fld'])
const titles = new Set(['title', 'ctrTitle'])

interface Growing {
  readonly runs: Stretch[][]
  readonly level: number
  readonly tag: StartTag
  /** Properties of the last run, as they are written: what is typed behind it looks like it. */
  style: string
}

/** The paragraphs of a slide's shapes and tables, in their order in the part. */
export function slideParagraphs(source: string): readonly SourceParagraph[] {
  const found: SourceParagraph[] = []
  const path: StartTag[] = []
  let paragraph: Growing | undefined
  let title = false

  /** A place for text where there is none yet, as a run of its own. */
  const place = ({ tag, style }: Growing, at: number): Stretch => {
    const name = (local: string) => tag.name.slice(0, -tag.local.length) + local
    return {
      start: at,
      end: at,
      text: '',
      write: (text) =>
        text === '' ? '' : `<${name('r')}>${style}<${name('t')}>${escapeText(text)}</${name('t')}></${name('r')}>`,
    }
  }

  function end(at: number): void {
    if (!paragraph) return
    const { runs, level, tag } = paragraph
    const empty = place(paragraph, at)
    const last = runs.at(-1)
    if (last?.length === 0) last.push(tag.isSelfClosing ? openedPlace(tag, empty) : empty)
    found.push({ start: tag.start, runs: runs.map(([first = empty, ...more]) => [first, ...more] as const), level })
    paragraph = undefined
  }

  readXml(source, {
    opened(tag) {
      const parent = path.at(-1)
      path.push(tag)
      if (tag.local === 'sp') title = false
      if (tag.local === 'ph' && titles.has(tag.attributes['type']?.value ?? '')) title = true
      // What stands here twice, for old programs and for new ones, would be changed in one of the two only.
      const isTwice = path.some(({ local }) => local === 'AlternateContent')
      if (!isDrawing(tag) || isTwice) return
      if (tag.local === 'p') paragraph = { runs: [[]], level: title ? 1 : 0, tag, style: '' }
      else if (paragraph && parent?.local === 'p' && anchors.has(tag.local)) anchor(paragraph, tag.start)
      else if (paragraph && parent?.local === 'p' && tag.local === 'endParaRPr') close(paragraph, tag.start)
      else if (paragraph && tag.local === 't' && parent?.local === 'r' && tag.isSelfClosing)
        paragraph.runs.at(-1)?.push(openedText(tag))
    },
    text(text, start, stop) {
      const [run, t] = path.slice(-2)
      if (paragraph && t?.local === 't' && run?.local === 'r' && path.at(-3)?.local === 'p')
        paragraph.runs.at(-1)?.push({ start, end: stop, text, write: escapeText })
    },
    closed({ start, end: stop }) {
      const tag = path.pop()
      if (!tag || !paragraph) return
      if (tag.local === 'rPr' && path.at(-1)?.local === 'r') paragraph.style = source.slice(tag.start, stop)
      if (tag === paragraph.tag) end(tag.isSelfClosing ? tag.start : start)
    },
  })
  return found

  /** Ends the text before what is no text. */
  function anchor(into: Growing, at: number): void {
    close(into, at)
    into.runs.push([])
  }
  function close(into: Growing, at: number): void {
    const last = into.runs.at(-1)
    if (last?.length === 0) last.push(place(into, at))
  }
}

/** `<a:t/>`, which becomes two tags once there is text between them. */
const openedText = ({ name, start, end }: StartTag): Stretch => ({
  start,
  end,
  text: '',
  write: (text) => `<${name}>${escapeText(text)}</${name}>`,
})

/** `<a:p/>`, the same. */
const openedPlace = ({ name, start, end }: StartTag, { write }: Stretch): Stretch => ({
  start,
  end,
  text: '',
  write: (text) => `<${name}>${write(text)}</${name}>`,
})
