import { attributeOf, childOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { placeholderOf, type Sheet, shapesIn, sheetsFrom } from './sheet.ts'

const alike: Readonly<Record<string, string>> = { ctrTitle: 'title', subTitle: 'body', obj: 'body' }

const typeOf = (placeholder: XmlElement): string => {
  const type = attributeOf(placeholder, 'type') ?? 'obj'
  return alike[type] ?? type
}

/** The shapes of the layout and the master that a placeholder stands for, the nearest first. */
export function standsFor(shape: XmlElement, sheet: Sheet): readonly XmlElement[] {
  const placeholder = placeholderOf(shape)
  if (!placeholder || !sheet.under) return []
  let wanted = placeholder
  return [...sheetsFrom(sheet.under)].flatMap((ground) => {
    const found = foundOn(ground, wanted)
    // A layout says which kind of placeholder of the master is meant.
    wanted = (found && placeholderOf(found)) ?? wanted
    return found ? [found] : []
  })
}

function foundOn({ tree }: Sheet, wanted: XmlElement): XmlElement | undefined {
  const candidates = shapesIn(tree).flatMap((shape) => {
    const placeholder = placeholderOf(shape)
    return placeholder ? [{ shape, placeholder }] : []
  })
  const [index, type] = [attributeOf(wanted, 'idx'), typeOf(wanted)]
  const byIndex = candidates.find(({ placeholder }) => index !== undefined && attributeOf(placeholder, 'idx') === index)
  const byType = candidates.find(({ placeholder }) => typeOf(placeholder) === type)
  return (byIndex ?? byType)?.shape
}

/** The styles that a master has for the text of such a placeholder. */
export function masterStyle(shape: XmlElement, sheet: Sheet): XmlElement | undefined {
  const master = [...sheetsFrom(sheet)].at(-1)
  const styles = master && childOf(master.root, 'txStyles')
  const placeholder = placeholderOf(shape)
  if (!styles || !placeholder) return undefined
  const type = typeOf(placeholder)
  const isPlain = type === 'dt' || type === 'ftr' || type === 'sldNum'
  return childOf(styles, type === 'title' ? 'titleStyle' : isPlain ? 'otherStyle' : 'bodyStyle')
}
