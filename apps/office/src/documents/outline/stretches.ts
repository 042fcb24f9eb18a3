import type { Splice } from '../package/xml/splice.ts'
import { difference } from '../text/difference.ts'

/** Text that stands in one piece in the source of a part. Of length 0: a place where text can be put. */
export interface Stretch {
  readonly start: number
  readonly end: number
  readonly text: string
  /** How text is spelt in its place. */
  readonly write: (text: string) => string
}

/** The text between two things that are no text: one stretch at least. */
export type Run = readonly [Stretch, ...Stretch[]]

/** What has to be changed so that a run says `text`. Stretches that stay as they are keep their bytes. */
export function rewrite(run: Run, text: string): readonly Splice[] {
  const before = run.map((stretch) => stretch.text).join('')
  const { start, end, inserted } = difference(before, text)
  if (start === end && inserted === '') return []
  const splices: Splice[] = []
  let at = 0
  let left = inserted
  for (const [index, stretch] of run.entries()) {
    const from = Math.max(start - at, 0)
    const to = Math.min(end - at, stretch.text.length)
    at += stretch.text.length
    // Text is put behind what it follows, so that it looks like that; at the start, before what comes first.
    const takes = left !== '' && (at >= start || index === run.length - 1)
    if (from >= to && !takes) continue
    const kept = [stretch.text.slice(0, from), stretch.text.slice(Math.max(from, to))]
    const changed = kept.join(takes ? left : '')
    if (takes) left = ''
    if (changed !== stretch.text) splices.push({ start: stretch.start, end: stretch.end, text: stretch.write(changed) })
  }
  return splices
}
