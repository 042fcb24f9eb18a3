import { comparePackages } from '../package/compare-packages.ts'
import { DocumentError, damaged } from '../package/document-error.ts'
import { openPackage, type Package } from '../package/package.ts'
import { patchPackage } from '../package/patch-package.ts'
import { tooMuch } from '../package/too-much.ts'
import { decodeXml, encodeXml } from '../package/xml/xml-text.ts'
import type { Outline, Paragraph, ParagraphChanges, Section } from './outline.ts'
import { type SourceParagraph, textOf, withTexts } from './part-text.ts'
import { presentationParts } from './presentation-parts.ts'
import { textDocumentParts } from './text-document-parts.ts'

/** What a document says, as it is read. */
export interface OutlineReading {
  readonly outline: Outline
  /** Why it is shown but not changed, as a sentence. */
  readonly obstacle?: string
}

/** A document whose paragraphs are edited where they stand. */
export interface OutlineDocument extends OutlineReading {
  readonly pkg: Package
  /** The document with new texts of some paragraphs. Every part without one keeps its bytes. Throws `DocumentError`. */
  write(changes: ParagraphChanges): Uint8Array
  /** A section with new texts of some paragraphs, as it would be written. Throws `DocumentError`. */
  section(id: string, changes: ParagraphChanges): ShownSection
}

/** The source of a section, and which paragraph begins where in it. */
export interface ShownSection {
  readonly source: string
  /** Ids of paragraphs, by where their elements begin. */
  readonly paragraphs: ReadonlyMap<number, string>
}

/** A part whose paragraphs are edited. */
export interface OutlinePart {
  readonly name: string
  readonly number: number
  readonly isHidden?: true
}

/** How the parts of one format are found and read. */
export interface OutlineFormat {
  parts(pkg: Package): readonly OutlinePart[]
  paragraphs(source: string): readonly SourceParagraph[]
  /** Why such a document is not changed. */
  obstacle(pkg: Package): string | undefined
}

const formats: Readonly<Record<string, OutlineFormat>> = {
  pptx: presentationParts,
  pptm: presentationParts,
  ppsx: presentationParts,
  potx: presentationParts,
  odt: textDocumentParts,
  ott: textDocumentParts,
}

/** The most that a page shows as fields in a time that people wait. */
const most = { paragraphs: 20_000, characters: 3_000_000 } as const

/** Reads the text of a document. Throws `DocumentError` where it cannot be read, or is more than can be shown. */
export function readOutline(bytes: Uint8Array, extension: string): OutlineReading {
  const { outline, obstacle } = openOutline(bytes, extension)
  return { outline, ...(obstacle !== undefined && { obstacle }) }
}

/** Opens a document for its text. Throws `DocumentError` where it cannot be read, or is more than can be shown. */
export function openOutline(bytes: Uint8Array, extension: string): OutlineDocument {
  const format = formats[extension.toLowerCase()]
  if (!format) throw new DocumentError('unsupported', 'Documents of this type are not opened for their text.')
  const pkg = openPackage(bytes)
  const parts = readParts(pkg, format)
  const obstacle = format.obstacle(pkg)
  return {
    outline: { sections: parts.map(sectionOf) },
    pkg,
    ...(obstacle !== undefined && { obstacle }),
    write(changes) {
      const changed = new Map(
        parts.flatMap((part): [string, Uint8Array][] => {
          const wanted = changesOf(part, changes)
          return wanted.size === 0 ? [] : [[part.name, rewritten(part, wanted)]]
        }),
      )
      const written = patchPackage(pkg, changed)
      check({ pkg, parts, format }, openPackage(written), { changed, changes })
      return written
    },
    section(id, changes) {
      const part = parts.find(({ name }) => name === id)
      if (!part) throw damaged(`“${id}” is missing`)
      const source = withTexts(part.xml.text, part.paragraphs, changesOf(part, changes))
      const starts = format.paragraphs(source).map(({ start }, index) => [start, idOf(id, index)] as const)
      return { source, paragraphs: new Map(starts) }
    },
  }
}

interface ReadPart extends OutlinePart {
  readonly xml: ReturnType<typeof decodeXml>
  readonly paragraphs: readonly SourceParagraph[]
}

function readParts(pkg: Package, format: OutlineFormat): readonly ReadPart[] {
  let [paragraphs, characters] = [0, 0]
  return format.parts(pkg).map((one) => {
    const part = read(pkg, one, format)
    paragraphs += part.paragraphs.length
    characters += part.paragraphs.reduce((sum, paragraph) => sum + textOf(paragraph).length, 0)
    if (paragraphs > most.paragraphs) throw tooMuch(most.paragraphs, 'paragraphs')
    if (characters > most.characters) throw tooMuch(most.characters, 'characters')
    return part
  })
}

function read(pkg: Package, part: OutlinePart, { paragraphs }: OutlineFormat): ReadPart {
  const xml = decodeXml(pkg.read(part.name))
  return { ...part, xml, paragraphs: paragraphs(xml.text) }
}

const idOf = (part: string, index: number): string => `${part}#${index}`

const paragraphsOf = ({ name, paragraphs }: ReadPart): readonly Paragraph[] =>
  paragraphs.map((paragraph, index) => ({ id: idOf(name, index), text: textOf(paragraph), level: paragraph.level }))

const sectionOf = (part: ReadPart): Section => ({
  id: part.name,
  number: part.number,
  ...(part.isHidden && { isHidden: true }),
  paragraphs: paragraphsOf(part),
})

const changesOf = (part: ReadPart, changes: ParagraphChanges): ReadonlyMap<number, string> =>
  new Map(
    paragraphsOf(part).flatMap(({ id, text }, index): [number, string][] => {
      const wanted = changes.get(id)
      return wanted === undefined || wanted === text ? [] : [[index, wanted]]
    }),
  )

const rewritten = ({ xml, paragraphs }: ReadPart, wanted: ReadonlyMap<number, string>): Uint8Array =>
  encodeXml(withTexts(xml.text, paragraphs, wanted), xml)

interface Written {
  readonly changed: ReadonlyMap<string, Uint8Array>
  readonly changes: ParagraphChanges
}

/** Reads what was written: nothing leaves this client that is not what was meant. */
function check(
  {
    pkg,
    parts,
    format,
  }: { readonly pkg: Package; readonly parts: readonly ReadPart[]; readonly format: OutlineFormat },
  after: Package,
  { changed, changes }: Written,
): void {
  const others = comparePackages(pkg, after).filter(({ name, is }) => is !== 'changed' || !changed.has(name))
  const first = others[0]
  if (first) throw new DocumentError('would-lose', `Saving this would change “${first.name}”, which was not edited.`)
  for (const part of parts.filter(({ name }) => changed.has(name))) {
    const now = paragraphsOf(read(after, part, format))
    const before = paragraphsOf(part)
    const isKept = (one: Paragraph, index: number) => changes.has(one.id) || one.text === before[index]?.text
    if (now.length !== before.length || !now.every(isKept))
      throw new DocumentError('would-lose', 'Saving this would change a paragraph that was not edited.')
  }
}
