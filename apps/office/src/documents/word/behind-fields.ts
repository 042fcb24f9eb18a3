import { attributeOf } from '../package/xml/xml-tree.ts'
import type { Item } from './flatten.ts'

/** The first place from `start` on where no field goes on that began before, with nothing that is shown in between. */
export function behindFields(items: readonly Item[], start: number): number {
  let behind = start
  let depth = 0
  for (const [index, item] of items.slice(start).entries()) {
    if (item.is !== 'hidden') break
    const mark = item.piece.local === 'fldChar' ? attributeOf(item.piece, 'fldCharType') : undefined
    if (mark === 'begin') depth++
    if (mark !== 'end') continue
    if (depth === 0) behind = start + index + 1
    else depth--
  }
  return behind
}
