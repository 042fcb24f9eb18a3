/** What a person has done to a document. */
export interface Change {
  /** What stood there; empty where something was added. */
  readonly removed: string
  readonly inserted: string
  /** Of a workbook: which cell of which sheet. */
  readonly cell?: { readonly sheet: string; readonly name: string }
}

/** Whether one text is the other one with nothing but the change made to it, once. */
export function isOnlyChange(before: string, after: string, { removed, inserted }: Change): boolean {
  if (after.length !== before.length - removed.length + inserted.length) return false
  for (let at = after.indexOf(inserted); at >= 0; at = after.indexOf(inserted, at + 1)) {
    const undone = after.slice(0, at) + removed + after.slice(at + inserted.length)
    if (undone === before) return true
  }
  return false
}
