import { crc32 } from '../package/crc32.ts'
import { DocumentError } from '../package/document-error.ts'
import { openPackage, type Package } from '../package/package.ts'
import { patchPackage } from '../package/patch-package.ts'
import { mainPart, relationshipsOf } from '../package/relationships.ts'
import { decodeXml, encodeXml } from '../package/xml/xml-text.ts'
import { type Named, nameParagraphs } from './paragraph-ids.ts'
import { shownSource } from './shown-source.ts'
import { openStory, type Story } from './story.ts'

/** A Word document as it is edited: its package, and copies whose paragraphs have names for the editor to keep. */
export interface WordPackage {
  readonly file: Package
  /** The same, with a name for each paragraph. */
  readonly named: Package
  /** What the editor is given: without what would hide words from it. */
  readonly shown: Package
  /** The parts that hold running text, by their names: the body first. */
  readonly stories: ReadonlyMap<string, Named>
}

/** Parts of the main part that hold running text, by the ends of their relationship types. */
const storyTypes = /\/(header|footer|footnotes|endnotes)$/
/** Names of one part are taken from a range of their own. */
const firstName = 0x60000000
const namesPerPart = 0x00100000

/** Opens a Word document. Throws `DocumentError`. */
export function openWord(bytes: Uint8Array): WordPackage {
  const file = openPackage(bytes)
  const stories = new Map<string, Named>()
  const changes = new Map<string, Uint8Array>()
  const shown = new Map<string, Uint8Array>()
  for (const [index, name] of storyParts(file).entries()) {
    const source = decodeXml(file.read(name))
    const named = nameParagraphs(source.text, firstName + index * namesPerPart)
    stories.set(name, named)
    changes.set(name, encodeXml(named.source, source))
    shown.set(name, encodeXml(shownSource(named.source), source))
  }
  const [named, given] = [changes, shown].map((parts) => openPackage(patchPackage(file, parts)))
  return { file, named: named ?? file, shown: given ?? file, stories }
}

/** The body, then headers, footers and notes. */
export function storyParts(pkg: Package): readonly string[] {
  const main = mainPart(pkg)
  const others = relationshipsOf(pkg, main).flatMap(({ type, part }) =>
    part !== undefined && storyTypes.test(type) && pkg.has(part) ? [part] : [],
  )
  return [...new Set([main, ...others])]
}

/** Reads a part that holds running text. `named`: gives names to paragraphs in it. */
export function storyOf(pkg: Package, name: string, named: (source: string) => string = (source) => source): Story {
  if (!pkg.has(name))
    throw new DocumentError('would-lose', 'This cannot be saved: the editor has lost a part of the document.')
  const targets = new Map(
    relationshipsOf(pkg, name).map(({ id, type, part, target }) => [id, targetOf(pkg, { type, part, target })]),
  )
  return openStory(named(decodeXml(pkg.read(name)).text), (id) => targets.get(id))
}

/** What a relationship leads to: pictures are known by their bytes, for an editor may give them other names. */
export function targetOf(
  pkg: Package,
  { type, part, target }: { type: string; part?: string | undefined; target: string },
): string {
  if (part === undefined) return `${type} ${target}`
  if (!type.endsWith('/image') || !pkg.has(part)) return `${type} /${part}`
  const bytes = pkg.read(part)
  return `${type} ${bytes.length} ${crc32(bytes)}`
}
