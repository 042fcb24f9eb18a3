/** What is chosen in a list. All by id, so that it survives rows that come and go. */
export interface Selection {
  /** The row that the arrow keys move from. */
  readonly active: string | undefined
  /** Where a range that is drawn with Shift begins. */
  readonly anchor: string | undefined
  readonly ids: ReadonlySet<string>
}

/** Nothing chosen. */
export const nothing: Selection = { active: undefined, anchor: undefined, ids: new Set() }

/** One row chosen. */
export const only = (id: string): Selection => ({ active: id, anchor: id, ids: new Set([id]) })

/** A row more, or a row fewer. */
export const toggled = ({ ids }: Selection, id: string): Selection => {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { active: id, anchor: id, ids: next }
}

/** All rows from the anchor to `id`, in the order of the list. */
export const extended = ({ anchor }: Selection, order: readonly string[], id: string): Selection => {
  const from = Math.max(0, order.indexOf(anchor ?? id))
  const to = order.indexOf(id)
  return { active: id, anchor: order[from], ids: new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1)) }
}

/** Every row. */
export const all = ({ active }: Selection, order: readonly string[]): Selection => ({
  active: active ?? order[0],
  anchor: order[0],
  ids: new Set(order),
})

/** The selection without what the list no longer has; where the active row has gone, its neighbour takes its place. */
export const kept = (selection: Selection, before: readonly string[], order: readonly string[]): Selection => {
  const there = new Set(order)
  const { active } = selection
  if ((active === undefined || there.has(active)) && [...selection.ids].every((id) => there.has(id))) return selection
  const ids = new Set([...selection.ids].filter((id) => there.has(id)))
  if (active === undefined || there.has(active)) return { ...selection, ids }
  const at = before.indexOf(active)
  const next = before.slice(at).find((id) => there.has(id)) ?? before.slice(0, at).findLast((id) => there.has(id))
  return next === undefined ? nothing : ids.size > 0 ? { active: next, anchor: next, ids } : only(next)
}
