import { damaged } from './document-error.ts'
import type { Package } from './package.ts'
import { escapeAttribute } from './xml/escape-xml.ts'
import { decodeXml } from './xml/xml-text.ts'
import { attributeOf, elementsOf, parseXml } from './xml/xml-tree.ts'

/** What a part has to do with another one, or with an address outside. */
export interface Relationship {
  readonly id: string
  readonly type: string
  /** As it is written. */
  readonly target: string
  /** The part it means. `undefined`: something outside the document. */
  readonly part?: string
}

const namespace = 'http://schemas.openxmlformats.org/package/2006/relationships'

/** Where the relationships of a part are kept; those of the package itself for an empty name. */
export function relationshipsPart(name: string): string {
  const slash = name.lastIndexOf('/') + 1
  return `${name.slice(0, slash)}_rels/${name.slice(slash)}.rels`
}

/** The relationships of a part; none where it has none. */
export function relationshipsOf(pkg: Package, name: string): readonly Relationship[] {
  const part = relationshipsPart(name)
  if (!pkg.has(part)) return []
  const root = parseXml(decodeXml(pkg.read(part)).text)
  return elementsOf(root).map((element) => {
    const [id, type, target] = ['Id', 'Type', 'Target'].map((local) => attributeOf(element, local))
    if (id === undefined || type === undefined || target === undefined) throw damaged(`“${part}” is not complete`)
    const isInside = attributeOf(element, 'TargetMode') !== 'External'
    return { id, type, target, ...(isInside && { part: resolve(name, target) }) }
  })
}

/** The part that is the document itself. Throws `DocumentError` where none is named, or it is not there. */
export function mainPart(pkg: Package): string {
  const main = relationshipsOf(pkg, '').find(({ type }) => type.endsWith('/officeDocument'))?.part
  if (main === undefined || !pkg.has(main)) throw damaged('its main part is missing')
  return main
}

/** The source of a part of relationships with one more in it. */
export function withRelationship(
  source: string | undefined,
  { id, type, target, isOutside }: { id: string; type: string; target: string; isOutside?: boolean },
): string {
  const before =
    source ?? `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="${namespace}"/>`
  const root = parseXml(before)
  const mode = isOutside ? ' TargetMode="External"' : ''
  const prefix = root.name.slice(0, -root.local.length)
  const one = `<${prefix}Relationship Id="${escapeAttribute(id)}" Type="${escapeAttribute(type)}" Target="${escapeAttribute(target)}"${mode}/>`
  if (root.contentEnd < root.end) return before.slice(0, root.contentEnd) + one + before.slice(root.contentEnd)
  const open = before.slice(root.start, root.end).replace(/\s*\/>$/, '>')
  return `${before.slice(0, root.start)}${open}${one}</${root.name}>${before.slice(root.end)}`
}

/** The name of the part that `target` means, seen from `name`. */
function resolve(name: string, target: string): string {
  const path = target.startsWith('/') ? target : `/${name.slice(0, name.lastIndexOf('/') + 1)}${target}`
  const steps: string[] = []
  for (const step of path.split('#')[0]?.split('/') ?? []) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return decodePath(steps.join('/'))
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
