import type { Package } from './package.ts'
import { escapeAttribute } from './xml/escape-xml.ts'
import { decodeXml } from './xml/xml-text.ts'
import { attributeOf, elementsOf, parseXml } from './xml/xml-tree.ts'

/** The part that says what each of the others is. */
export const contentTypesPart = '[Content_Types].xml'

/** The content type of each part by its name; `undefined` for one that has none. */
export function contentTypes(pkg: Package): (name: string) => string | undefined {
  const byName = new Map<string, string>()
  const byExtension = new Map<string, string>()
  for (const element of elementsOf(parseXml(decodeXml(pkg.read(contentTypesPart)).text))) {
    const type = attributeOf(element, 'ContentType') ?? ''
    const name = attributeOf(element, 'PartName')
    const extension = attributeOf(element, 'Extension')
    if (element.local === 'Override' && name) byName.set(name.replace(/^\//, '').toLowerCase(), type)
    if (element.local === 'Default' && extension) byExtension.set(extension.toLowerCase(), type)
  }
  return (name) => {
    const lower = name.toLowerCase()
    return byName.get(lower) ?? byExtension.get(lower.slice(lower.lastIndexOf('.') + 1))
  }
}

/** The source of the part of content types with one more part in it. */
export function withContentType(source: string, name: string, contentType: string): string {
  const root = parseXml(source)
  const prefix = root.name.slice(0, -root.local.length)
  const one = `<${prefix}Override PartName="/${escapeAttribute(name)}" ContentType="${escapeAttribute(contentType)}"/>`
  return source.slice(0, root.contentEnd) + one + source.slice(root.contentEnd)
}
