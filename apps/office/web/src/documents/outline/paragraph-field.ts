import type * as Y from 'yjs'
import { anchor, type Paragraph } from '../../../../src/documents/outline/outline.ts'
import { element } from '../../element.ts'
import { strings } from '../../strings.ts'
import { replaceDifference } from '../text/replace-difference.ts'

/** A paragraph on the page, tied to the text that people share of it. */
export interface ParagraphField {
  readonly element: HTMLElement
  /** What it says. */
  readonly text: string
  /** Where some of its characters stand on the page. */
  range(from: number, to: number): Range | undefined
  /** Puts a text in the place of some of its characters. */
  replace(from: number, to: number, text: string): void
  setReadOnly(isReadOnly: boolean): void
  /** Shows the same words anew, unless someone is writing them. */
  drawAgain(): void
  destroy(): void
}

export interface FieldEvents {
  edited(): void
  /** Something would have been taken away that is no text. */
  refused(): void
}

/** How a paragraph looks where it is more than its words. */
export interface FieldLooks {
  /** Nodes that together hold exactly the characters of `text`. `undefined`: it is shown plain. */
  readonly nodes: (text: string) => readonly Node[] | undefined
}

/** Shows `text`, and changes it as someone types. */
export function paragraphField(
  { paragraph, text, looks }: { readonly paragraph: Paragraph; readonly text: Y.Text; readonly looks?: FieldLooks },
  events: FieldEvents,
): ParagraphField {
  const field = element('div', {
    class: paragraph.level > 0 ? `paragraph heading level-${Math.min(paragraph.level, 3)}` : 'paragraph',
    role: 'textbox',
    'aria-multiline': 'false',
    'data-id': paragraph.id,
    spellcheck: 'true',
  })
  const render = () => field.replaceChildren(...(looks?.nodes(text.toString()) ?? nodesOf(text.toString())))

  function typed(): void {
    const wanted = (field.textContent ?? '').replace(/[\r\n]+/g, ' ')
    if (count(wanted) === count(text.toString())) {
      replaceDifference(text, wanted)
      events.edited()
    } else {
      render()
      events.refused()
    }
  }

  /** Others type too: the caret stays with the characters that it stood between. */
  function changed({ delta }: Y.YTextEvent, { local }: Y.Transaction): void {
    if (local) return
    const caret = caretIn(field)
    render()
    if (caret !== undefined) placeCaret(field, moved(caret, delta))
  }

  field.addEventListener('input', typed)
  field.addEventListener('beforeinput', (event) => {
    if (event.inputType === 'insertParagraph' || event.inputType === 'insertLineBreak') event.preventDefault()
  })
  text.observe(changed)
  render()
  return {
    element: field,
    get text() {
      return text.toString()
    },
    range(from, to) {
      const range = document.createRange()
      const [start, end] = [placeOf(field, from), placeOf(field, to)]
      if (!start || !end) return undefined
      range.setStart(...start)
      range.setEnd(...end)
      return range
    },
    replace(from, to, wanted) {
      const now = text.toString()
      replaceDifference(text, now.slice(0, from) + wanted + now.slice(to))
      render()
    },
    setReadOnly(isReadOnly) {
      field.setAttribute('aria-readonly', String(isReadOnly))
      field.setAttribute('contenteditable', isReadOnly ? 'false' : 'plaintext-only')
    },
    drawAgain() {
      if (!field.contains(document.activeElement)) render()
    },
    destroy: () => text.unobserve(changed),
  }
}

const count = (text: string): number => text.split(anchor).length

function nodesOf(text: string): Node[] {
  const title = strings.outline.anchor
  return text.split(anchor).flatMap((piece, index) => {
    const before =
      index === 0
        ? []
        : [element('span', { class: 'anchor', contenteditable: 'false', title, 'aria-label': title }, anchor)]
    return [...before, ...(piece === '' ? [] : [document.createTextNode(piece)])]
  })
}

/** How many characters stand before the caret. `undefined`: it is elsewhere. */
function caretIn(field: HTMLElement): number | undefined {
  const selection = getSelection()
  if (!selection?.focusNode || !field.contains(selection.focusNode)) return undefined
  const range = document.createRange()
  range.selectNodeContents(field)
  range.setEnd(selection.focusNode, selection.focusOffset)
  return range.toString().length
}

function moved(caret: number, delta: Y.YTextEvent['delta']): number {
  let at = 0
  let result = caret
  for (const { retain = 0, insert, delete: removed = 0 } of delta) {
    at += retain
    if (at > result) break
    if (typeof insert === 'string') {
      result += insert.length
      at += insert.length
    }
    result -= Math.min(removed, result - at)
  }
  return result
}

function placeCaret(field: HTMLElement, at: number): void {
  const place = placeOf(field, at)
  if (place) getSelection()?.collapse(...place)
  else getSelection()?.collapse(field, field.childNodes.length)
}

/** The node in which a character stands, and where in it. `undefined`: there are not so many. */
function placeOf(field: HTMLElement, at: number): [Node, number] | undefined {
  const texts = document.createTreeWalker(field, NodeFilter.SHOW_TEXT)
  let left = at
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const { length } = node.textContent ?? ''
    if (left <= length) return [node, left]
    left -= length
  }
  return undefined
}
