import { isTransparent, spaceOf } from '../outline/text-paragraphs.ts'
import { allElements, attributeOf, elementsOf, textOf, type XmlElement } from '../package/xml/xml-tree.ts'
import type { Looks, Piece } from './odt-looks.ts'
import { lengthIn } from './odt-properties.ts'
import type { Styles } from './odt-styles.ts'

/** What a paragraph consists of: the texts of its pieces are what people edit of it. */
export function piecesOf(paragraph: XmlElement, styles: Styles): readonly Piece[] {
  return [...within(paragraph, { styles, looks: {} })]
}

interface Around {
  readonly styles: Styles
  readonly looks: Looks
  readonly link?: string
}

function* within(element: XmlElement, around: Around): Generator<Piece> {
  const { looks, link } = around
  const text = (said: string): Piece => ({ is: 'text', text: said, looks, ...(link !== undefined && { link }) })
  for (const child of element.children) {
    if (child.is === 'text') {
      yield text(child.text.replace(/[\t\n\r ]+/g, ' '))
      continue
    }
    const space = spaceOf(child)
    if (space !== undefined) yield text(space)
    else if (isTransparent(child)) yield* within(child, inside(child, around))
    else yield otherOf(child)
  }
}

function inside(element: XmlElement, { styles, looks, link }: Around): Around {
  const own = styles.looks('text', attributeOf(element, 'style-name'))
  const href = element.local === 'a' ? attributeOf(element, 'href') : undefined
  const leads = href !== undefined && /^[a-z][a-z\d+.-]*:/i.test(href) ? href : link
  return { styles, looks: { ...looks, ...own }, ...(leads !== undefined && { link: leads }) }
}

/** Something in a paragraph that is no text. */
function otherOf(element: XmlElement): Piece {
  if (element.local === 'line-break') return { is: 'break' }
  if (element.local === 'frame') {
    const image = elementsOf(element).find(({ local }) => local === 'image')
    const part = image && attributeOf(image, 'href')
    if (part !== undefined && !/^[a-z]+:/i.test(part)) return pictureOf(element, part.replace(/^\.\//, ''))
    return { is: 'other', shown: '', title: '' }
  }
  if (element.local === 'note') {
    const [citation, body] = ['note-citation', 'note-body'].map((local) =>
      elementsOf(element).find((one) => one.local === local),
    )
    return { is: 'other', shown: citation ? textOf(citation) : '*', title: body ? textOf(body).trim() : '' }
  }
  const isMark = /^(bookmark|reference-mark|soft-page-break|change|toc-mark|annotation)/.test(element.local)
  return { is: 'other', shown: isMark ? '' : textOf(element).slice(0, 200), title: '' }
}

function pictureOf(frame: XmlElement, part: string): Piece {
  const [width, height] = [lengthIn(frame, 'width'), lengthIn(frame, 'height')]
  const described = [...allElements(frame)].find(({ local }) => local === 'desc' || local === 'title')
  const looks = { ...(width && { width }), ...(width && height && { aspectRatio: ratio(width, height) }) }
  return { is: 'picture', part, looks, description: described ? textOf(described) : '' }
}

const ratio = (width: string, height: string): string => `${Number.parseFloat(width)} / ${Number.parseFloat(height)}`
