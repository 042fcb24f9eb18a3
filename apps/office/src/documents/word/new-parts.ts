import { contentTypes, contentTypesPart, withContentType } from '../package/content-types.ts'
import { DocumentError } from '../package/document-error.ts'
import type { Package } from '../package/package.ts'
import { relationshipsOf, relationshipsPart, withRelationship } from '../package/relationships.ts'
import { decodeXml, encodeXml } from '../package/xml/xml-text.ts'
import { targetOf } from './word-package.ts'

/** What changes to a document bring along: pictures, links. */
export interface NewParts {
  /** The id under which the file's part `name` knows what `id` leads to in the editor's; made where it does not. */
  relationship(name: string, id: string): string
  /** The parts to be written, with those that list them. */
  changes(): ReadonlyMap<string, Uint8Array>
}

const utf8 = { encoding: 'utf-8', hasMark: false } as const

/** Collects what is new in the editor's package `after`. */
export function newParts(file: Package, after: Package): NewParts {
  const texts = new Map<string, string>()
  const contents = new Map<string, Uint8Array>()
  const ids = new Map<string, string>()
  const text = (name: string) => texts.get(name) ?? (file.has(name) ? decodeXml(file.read(name)).text : undefined)

  const add = (name: string, id: string): string => {
    const found = relationshipsOf(after, name).find((one) => one.id === id)
    if (!found) throw wouldLose()
    const target = targetOf(after, found)
    const known = relationshipsOf(file, name).find((one) => targetOf(file, one) === target)
    if (known) return known.id
    const fresh = freeId(new Set(relationshipsOf(file, name).map((one) => one.id)), ids.size)
    const written = found.part === undefined ? found.target : `/${addPart(found.part)}`
    const rels = relationshipsPart(name)
    const added = { id: fresh, type: found.type, target: written, isOutside: found.part === undefined }
    texts.set(rels, withRelationship(text(rels), added))
    return fresh
  }

  const addPart = (part: string): string => {
    if (!after.has(part) || after.has(relationshipsPart(part))) throw wouldLose()
    const name = freeName(part, (one) => file.has(one) || contents.has(one))
    contents.set(name, after.read(part))
    const type = contentTypes(after)(part)
    if (type === undefined) throw wouldLose()
    if (contentTypes(file)(name) !== type) {
      texts.set(contentTypesPart, withContentType(text(contentTypesPart) ?? '', name, type))
    }
    return name
  }

  return {
    relationship(name, id) {
      const key = `${name}\n${id}`
      const known = ids.get(key) ?? add(name, id)
      ids.set(key, known)
      return known
    },
    changes: () =>
      new Map([...contents, ...[...texts].map(([name, source]) => [name, encodeXml(source, utf8)] as const)]),
  }
}

const wouldLose = () =>
  new DocumentError('would-lose', 'This cannot be saved: something was added that this editor cannot store.')

function freeId(taken: ReadonlySet<string>, count: number): string {
  let number = taken.size + count + 1
  while (taken.has(`rId${number}`)) number++
  return `rId${number}`
}

/** `word/media/image1.png` → `word/media/image2.png`, as far as needed. */
function freeName(part: string, isTaken: (name: string) => boolean): string {
  const [, stem = part, extension = ''] = /^(.*?)\d*(\.[^./]*)?$/.exec(part) ?? []
  let name = part
  for (let number = 1; isTaken(name); number++) name = `${stem}${number}${extension}`
  return name
}
