import { allElements, attributeOf, childOf, elementsOf, type XmlElement } from '../package/xml/xml-tree.ts'
import type { Looks } from './odt-looks.ts'
import { looksIn } from './odt-properties.ts'

/** The styles of an OpenDocument text. */
export interface Styles {
  /** How something of this family looks in the style of that name. */
  looks(family: string, name: string | undefined): Looks
  /** The sign of the next item of a list, on a level from 1 on. */
  sign(list: string | undefined, level: number, number: number): string
  readonly page: XmlElement | undefined
}

interface Style {
  readonly parent: string | undefined
  readonly looks: Looks
}

/** Parents of parents are followed so far. */
const furthest = 20

/** Reads the styles that stand in these roots of parts. */
export function readStyles(roots: readonly XmlElement[]): Styles {
  const fonts = new Map<string, string>()
  const styles = new Map<string, Style>()
  const lists = new Map<string, XmlElement>()
  const all = roots.flatMap((root) => [...allElements(root)].filter(isStyle))
  for (const one of all) {
    if (one.local === 'font-face') fonts.set(nameOf(one), attributeOf(one, 'font-family') ?? '')
    if (one.local === 'list-style') lists.set(nameOf(one), one)
  }
  for (const one of all) {
    const family = attributeOf(one, 'family') ?? ''
    const made = { parent: attributeOf(one, 'parent-style-name'), looks: looksIn(elementsOf(one), fonts) }
    if (one.local === 'style') styles.set(`${family} ${nameOf(one)}`, made)
    if (one.local === 'default-style') styles.set(`${family} `, made)
  }

  function looks(family: string, name: string | undefined): Looks {
    const chain: Style[] = []
    for (let next = name; next !== undefined && chain.length < furthest; ) {
      const style = styles.get(`${family} ${next}`)
      if (style) chain.unshift(style)
      next = style?.parent
    }
    const usual = styles.get(`${family} `)
    return Object.assign({}, usual?.looks, ...chain.map((one) => one.looks))
  }

  return {
    looks,
    sign: (list, level, number) => signOf(lists.get(list ?? ''), level, number),
    page: all.find(({ local }) => local === 'page-layout-properties'),
  }
}

const kinds = new Set(['style', 'default-style', 'list-style', 'font-face', 'page-layout-properties'])
const isStyle = ({ local }: XmlElement): boolean => kinds.has(local)
const nameOf = (style: XmlElement): string =>
  Object.values(style.attributes).find(({ local, uri }) => local === 'name' && uri.includes(':style:'))?.value ?? ''

function signOf(list: XmlElement | undefined, level: number, number: number): string {
  const found = list && elementsOf(list).find((one) => attributeOf(one, 'level') === String(level))
  if (found?.local !== 'list-level-style-number') {
    const sign = found && attributeOf(found, 'bullet-char')
    return sign === undefined || /[\ue000-\uf8ff]/.test(sign) ? '•' : sign
  }
  const format = attributeOf(found, 'num-format') ?? '1'
  return `${attributeOf(found, 'num-prefix') ?? ''}${numbered(format, number)}${attributeOf(found, 'num-suffix') ?? ''}`
}

function numbered(format: string, number: number): string {
  if (format === '') return ''
  const letter = String.fromCharCode(97 + ((number - 1) % 26))
  if (format === 'a') return letter
  if (format === 'A') return letter.toUpperCase()
  return String(number)
}

/** The child of a child, and so on. */
export const descendant = (root: XmlElement, ...path: readonly string[]): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>((at, local) => at && childOf(at, local), root)
