import { damaged } from '../package/document-error.ts'
import type { Package } from '../package/package.ts'
import { mainPart, relationshipsOf } from '../package/relationships.ts'
import { decodeXml } from '../package/xml/xml-text.ts'
import { attributeOf, childOf, elementsOf, parseXml } from '../package/xml/xml-tree.ts'
import type { OutlineFormat } from './outline-document.ts'
import { slideParagraphs } from './slide-paragraphs.ts'

/** Presentations: the slides in the order in which they are shown. */
export const presentationParts: OutlineFormat = {
  paragraphs: slideParagraphs,
  parts(pkg) {
    const main = mainPart(pkg)
    const targets = new Map(relationshipsOf(pkg, main).map(({ id, part }) => [id, part]))
    const presentation = parseXml(decodeXml(pkg.read(main)).text)
    if (presentation.local !== 'presentation') throw damaged('it is no presentation, whatever its name says')
    const list = childOf(presentation, 'sldIdLst')
    return (list ? elementsOf(list) : []).map(({ attributes }, index) => {
      const id = Object.values(attributes).find(({ local, uri }) => local === 'id' && uri !== '')?.value
      const name = targets.get(id ?? '')
      if (name === undefined || !pkg.has(name)) throw damaged(`slide ${index + 1} is missing`)
      return { name, number: index + 1, ...(isHidden(pkg, name) && { isHidden: true as const }) }
    })
  },
  obstacle: (pkg) =>
    pkg.names.some((name) => name.startsWith('_xmlsignatures/'))
      ? 'This presentation is digitally signed. A change would make the signature invalid.'
      : undefined,
}

const isHidden = (pkg: Package, name: string): boolean =>
  /^(0|false)$/.test(attributeOf(parseXml(decodeXml(pkg.read(name)).text), 'show') ?? '')
