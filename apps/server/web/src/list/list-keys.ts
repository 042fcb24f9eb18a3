import type { KeyboardEvent } from 'react'
import { all, extended, only, type Selection, toggled } from './selection.ts'

/** What the keys of a list do. */
export interface ListCommands {
  readonly select: (selection: Selection) => void
  /** Opens the active row; `inNewTab`: beside this page. */
  readonly open: (id: string, inNewTab: boolean) => void
  readonly rename: (id: string) => void
  readonly remove: () => void
  /** Shows the menu of the active row. */
  readonly menu: () => void
  readonly goUp: () => void
  /** Goes to the last row, which may not have been loaded yet. */
  readonly end: () => void
}

/** Where the keys act. */
export interface ListState {
  readonly order: readonly string[]
  readonly selection: Selection
  /** Rows that fit on a page. */
  readonly pageRows: number
}

const steps: Readonly<Record<string, (from: number, state: ListState) => number>> = {
  ArrowDown: (from) => from + 1,
  ArrowUp: (from) => (from < 0 ? 0 : from - 1),
  PageDown: (from, { pageRows }) => from + pageRows,
  PageUp: (from, { pageRows }) => from - pageRows,
  Home: () => 0,
  End: (_, { order }) => order.length - 1,
}

/** Does what a key asks for, in the way of desktop file managers. `false`: the key means nothing here. */
export const pressKey = (event: KeyboardEvent, state: ListState, commands: ListCommands): boolean =>
  move(event, state, commands) || choose(event, state, commands) || act(event, state, commands)

const move = (event: KeyboardEvent, state: ListState, { select, end }: ListCommands): boolean => {
  if (event.key === 'End' && !event.shiftKey) {
    end()
    return true
  }
  const step = event.altKey ? undefined : steps[event.key]
  const { order, selection } = state
  if (!step || order.length === 0) return false
  const target = step(selection.active === undefined ? -1 : order.indexOf(selection.active), state)
  const id = order[Math.min(order.length - 1, Math.max(0, target))]
  if (id === undefined) return false
  if (event.shiftKey) select(extended(selection, order, id))
  else if (event.ctrlKey || event.metaKey) select({ ...selection, active: id })
  else select(only(id))
  return true
}

const choose = (event: KeyboardEvent, { order, selection }: ListState, { select }: ListCommands): boolean => {
  if (event.key === 'a' && (event.ctrlKey || event.metaKey)) select(all(selection, order))
  else if (event.key === ' ' && selection.active !== undefined) select(toggled(selection, selection.active))
  else if (event.key === 'Escape' && selection.ids.size > 0) select({ ...selection, ids: new Set() })
  else return false
  return true
}

const act = (event: KeyboardEvent, { selection: { active, ids } }: ListState, commands: ListCommands): boolean => {
  if (event.key === 'Backspace' || (event.altKey && event.key === 'ArrowUp')) commands.goUp()
  else if (active === undefined) return false
  else if (event.key === 'Enter') commands.open(active, event.ctrlKey || event.metaKey)
  else if (event.key === 'F2') commands.rename(active)
  else if (event.key === 'Delete' && ids.size > 0) commands.remove()
  else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) commands.menu()
  else return false
  return true
}
