import { DocumentError, damaged } from '../../package/document-error.ts'

/** A tag of a part, and where it stands in it. `name` is local: without the prefix of its namespace. */
export interface Tag {
  readonly is: 'open' | 'close' | 'empty'
  readonly name: string
  /** With the colon. Empty for most. */
  readonly prefix: string
  /** The attributes as they are spelt. */
  readonly rest: string
  readonly start: number
  readonly end: number
}

const tagShape = /<(\/?)([\w.-]+:)?([\w.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const deepest = 64

/** The tags of `xml` in order. Throws where it is not well-formed, and where it declares anything of its own. */
export function* scan(xml: string): Generator<Tag, void, undefined> {
  const open: string[] = []
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at)) {
    const after = pastMarkup(xml, at)
    if (after !== undefined) {
      at = after
      continue
    }
    const tag = readTag(xml, at)
    if (tag.is === 'open') open.push(tag.prefix + tag.name)
    if (tag.is === 'close' && open.pop() !== tag.prefix + tag.name) throw malformed()
    if (open.length > deepest) throw malformed()
    yield tag
    at = tag.end
  }
  if (open.length > 0) throw malformed()
}

/** Where a comment, an instruction or a stretch of plain text ends that begins at `at`. `undefined`: a tag is there. */
function pastMarkup(xml: string, at: number): number | undefined {
  if (xml.startsWith('<?', at)) return past(xml, '?>', at)
  if (xml.startsWith('<!--', at)) return past(xml, '-->', at)
  if (xml.startsWith('<![CDATA[', at)) return past(xml, ']]>', at)
  // A document type can define entities, and those can blow up or reach out. No office writes one.
  if (xml.startsWith('<!', at))
    throw new DocumentError('unsupported', 'This document declares XML entities, which are never read here.')
  return undefined
}

function past(xml: string, mark: string, at: number): number {
  const found = xml.indexOf(mark, at)
  if (found < 0) throw malformed()
  return found + mark.length
}

function readTag(xml: string, at: number): Tag {
  tagShape.lastIndex = at
  const found = tagShape.exec(xml)
  if (!found) throw malformed()
  const [all, slash, prefix = '', name = '', rest = '', close] = found
  if (slash && (close || rest)) throw malformed()
  return { is: slash ? 'close' : close ? 'empty' : 'open', name, prefix, rest, start: at, end: at + all.length }
}

const malformed = () => damaged('the XML of a part is not well-formed')
