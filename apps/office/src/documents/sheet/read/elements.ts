import { damaged } from '../../package/document-error.ts'
import { attributesOf } from '../xml/attributes.ts'
import { scan, type Tag } from '../xml/scan.ts'

/** An element of a small part. Text is left out. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly open: Tag
  /** The same as `open` where the element is empty. */
  readonly close: Tag
}

type Building = { -readonly [K in keyof Element]: Element[K] } & { children: Element[] }

/** The elements of a part, in one called `root`. For parts that are small beside the sheets. */
export function elementsOf(xml: string, root: string): Element {
  const open: Building[] = []
  let outermost: Element | undefined
  for (const tag of scan(xml)) {
    if (tag.is === 'close') {
      const ended = open.pop()
      if (ended) ended.close = tag
      continue
    }
    const element: Building = { name: tag.name, attributes: attributesOf(tag), children: [], open: tag, close: tag }
    open.at(-1)?.children.push(element)
    outermost ??= element
    if (tag.is === 'open') open.push(element)
  }
  if (outermost?.name !== root) throw damaged(`there is no ${root} where there should be one`)
  return outermost
}

/** The first child of that name. */
export const childOf = ({ children }: Element, name: string): Element | undefined =>
  children.find((child) => child.name === name)
