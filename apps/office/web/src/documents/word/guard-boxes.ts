import type { Node } from 'prosemirror-model'
import { Plugin, type Transaction } from 'prosemirror-state'

/** Takes no change inside a text box: the editor shows what stands there, and does not write it. `refused` is told. */
export function guardBoxes(refused: () => void): Plugin {
  return new Plugin({
    filterTransaction(transaction) {
      const isKept = !changesBox(transaction)
      if (!isKept) refused()
      return isKept
    },
  })
}

function changesBox({ docs, mapping }: Transaction): boolean {
  return mapping.maps.some((map, index) => {
    const doc = docs[index]
    let isInside = false
    map.forEach((from, to) => {
      isInside ||= doc !== undefined && (isInBox(doc, from) || isInBox(doc, to))
    })
    return isInside
  })
}

function isInBox(doc: Node, at: number): boolean {
  const place = doc.resolve(at)
  for (let depth = place.depth; depth > 0; depth--) if (place.node(depth).type.name === 'textBox') return true
  return false
}
