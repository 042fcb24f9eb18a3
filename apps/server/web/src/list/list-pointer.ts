import type { MouseEvent } from 'react'
import type { Item } from '../api/listing.ts'
import { extended, only, type Selection, toggled } from './selection.ts'

/** Where the pointer acts, and what it can do there. */
export interface PointerState {
  readonly items: readonly Item[]
  readonly order: readonly string[]
  readonly selection: Selection
  readonly select: (selection: Selection) => void
  readonly open: (id: string) => void
  /** Gives the list the focus. */
  readonly focus: () => void
}

/** What a click in a list does, in the way of desktop file managers; a finger opens what it taps. */
export const listPointer = ({ items, order, selection, select, open, focus }: PointerState) => {
  const itemAt = ({ target }: MouseEvent): Item | undefined => {
    const row = target instanceof Element ? target.closest('[data-row]') : null
    return items[Number(row?.getAttribute('data-row') ?? -1)]
  }
  return {
    onClick: (event: MouseEvent) => {
      const item = itemAt(event)
      if (!item || isIn(event, 'input')) return
      focus()
      if (isTouch(event) && !isIn(event, 'a, button')) open(item.id)
      else if (event.shiftKey) select(extended(selection, order, item.id))
      else if (event.ctrlKey || event.metaKey) select(toggled(selection, item.id))
      else select(only(item.id))
    },
    onDoubleClick: (event: MouseEvent) => {
      const item = itemAt(event)
      if (item && !isIn(event, 'a, button, input')) open(item.id)
    },
    onContextMenu: (event: MouseEvent) => {
      const item = itemAt(event)
      // There is no menu where there is no row.
      if (!item) event.preventDefault()
      else if (!selection.ids.has(item.id)) select(only(item.id))
    },
  }
}

const isIn = ({ target }: MouseEvent, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null

// A browser's own clicks say what made them.
const isTouch = ({ nativeEvent }: MouseEvent): boolean =>
  nativeEvent instanceof PointerEvent && nativeEvent.pointerType === 'touch'
