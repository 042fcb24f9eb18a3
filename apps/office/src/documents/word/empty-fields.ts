import { attributeOf } from '../package/xml/xml-tree.ts'
import type { Item } from './flatten.ts'
import type { Written } from './write-paragraph.ts'

/**
 * What is to be written without fields that have lost all they showed: their code would bring back what somebody has
 * deleted. `isGone`: whether something between the two ends of a field was deleted.
 */
export function withoutEmptyFields(
  all: readonly Written[],
  isGone: (begin: Item, end: Item) => boolean,
): readonly Written[] {
  const open: number[] = []
  const left = new Set(all.keys())
  for (const [index, { item }] of all.entries()) {
    const kind = item?.piece.local === 'fldChar' ? attributeOf(item.piece, 'fldCharType') : undefined
    if (kind === 'begin') open.push(index)
    if (kind !== 'end') continue
    const start = open.pop()
    const first = start === undefined ? undefined : all[start]?.item
    if (start === undefined || !first || !item) continue
    const isEmpty = all.slice(start, index).every((one) => one.item?.is === 'hidden')
    if (isEmpty && isGone(first, item)) for (let at = start; at <= index; at++) left.delete(at)
  }
  return all.filter((_, index) => left.has(index))
}
