import type * as Y from 'yjs'

/** Makes a shared text say what is wanted, and touches only the stretch in which they differ. */
export function replaceDifference(text: Y.Text, wanted: string): void {
  const now = text.toString()
  const shorter = Math.min(now.length, wanted.length)
  let start = 0
  while (start < shorter && now[start] === wanted[start]) start++
  let end = 0
  while (end < shorter - start && now.at(-1 - end) === wanted.at(-1 - end)) end++
  text.doc?.transact(() => {
    text.delete(start, now.length - end - start)
    text.insert(start, wanted.slice(start, wanted.length - end))
  })
}
