import type { Node } from 'prosemirror-model'
import type { Sought } from '../../find-bar.ts'

/** Where some text stands in a document of the editor. */
export interface Match {
  readonly from: number
  readonly to: number
}

/** Stands for what is no text: nothing that is looked for spans it. */
const gap = '\ufffc'
const syntax = /[\\^$.*+?()[\]{}|/]/g

/** Every place where the text stands, in the order of the document; not where it is only shown as deleted. */
export function matchesOf(
  doc: Node,
  { text, isCaseSensitive }: Pick<Sought, 'text' | 'isCaseSensitive'>,
): readonly Match[] {
  if (text === '') return []
  const pattern = new RegExp(text.replace(syntax, '\\$&'), isCaseSensitive ? 'gu' : 'giu')
  const deletion = doc.type.schema.marks['deletion']
  const found: Match[] = []
  doc.descendants((node, at) => {
    if (!node.inlineContent) return true
    for (const {
      index,
      0: { length },
    } of lineOf(node).matchAll(pattern)) {
      const from = at + 1 + index
      if (!deletion || !doc.rangeHasMark(from, from + length, deletion)) found.push({ from, to: from + length })
    }
    return false
  })
  return found
}

/** The text of a paragraph, one letter for each position in it. */
function lineOf(node: Node): string {
  const parts: string[] = []
  node.forEach((child) => {
    if (child.isText) parts.push(child.text ?? '')
    else if (child.isLeaf) parts.push(gap)
    else parts.push(gap, lineOf(child), gap)
  })
  return parts.join('')
}
