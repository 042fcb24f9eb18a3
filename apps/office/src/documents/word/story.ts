import { parseXml, type XmlElement } from '../package/xml/xml-tree.ts'

/** A part that holds running text, read: the body of a document, a header, a footer. */
export interface Story {
  readonly source: string
  readonly root: XmlElement
  /** The raw form of an element. */
  raw(element: XmlElement): string
  /** What an element says, without what says nothing: two elements that say the same have the same form. */
  form(element: XmlElement | undefined): string
  /** What a relationship of this part leads to, the same for the same content in every package. */
  targetOf(id: string): string | undefined
}

export const relationshipNamespace = /\/relationships$/
const xmlns = 'http://www.w3.org/2000/xmlns/'

/** Marks of editing sessions, and names of paragraphs: they change without anyone changing anything. */
const noiseAttribute = /^(rsid\w*|paraId|paraIdParent|durableId|textId|editId|anchorId)$/
/** What programs note for themselves. */
const noiseElement = new Set(['proofErr', 'lastRenderedPageBreak', 'noProof'])
const textual = new Set(['t', 'delText', 'instrText', 'delInstrText'])

/** Reads a story. */
export function openStory(source: string, targetOf: Story['targetOf'] = () => undefined): Story {
  const forms = new WeakMap<XmlElement, string>()
  const form = (element: XmlElement | undefined): string => {
    if (!element) return ''
    const known = forms.get(element)
    if (known !== undefined) return known
    const made = `<${element.local}${attributeForm(element, targetOf)}>${contentForm(element, form)}</>`
    forms.set(element, made)
    return made
  }
  return { source, root: parseXml(source), raw: ({ start, end }) => source.slice(start, end), form, targetOf }
}

function attributeForm({ local: parent, attributes }: XmlElement, targetOf: Story['targetOf']): string {
  return Object.values(attributes)
    .filter(({ local, uri }) => uri !== xmlns && !noiseAttribute.test(local) && !(parent === 'docPr' && local === 'id'))
    .map(({ local, uri, value }) => ` ${local}=${relationshipNamespace.test(uri) ? (targetOf(value) ?? value) : value}`)
    .sort()
    .join('')
}

function contentForm(element: XmlElement, form: Story['form']): string {
  const keepsSpace = textual.has(element.local)
  return element.children
    .map((child) => {
      if (child.is === 'text') return keepsSpace || child.text.trim() ? child.text : ''
      return noiseElement.has(child.local) ? '' : form(child)
    })
    .join('')
}
