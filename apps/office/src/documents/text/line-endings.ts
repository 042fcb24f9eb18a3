/** What ends a line. */
export type LineEnding = '\n' | '\r\n' | '\r'

/** A stretch of text whose lines end with `\n` while it is edited. `ending`: what its line feeds really are. */
export interface Stretch {
  readonly text: string
  /** Absent: the line ending of the file. */
  readonly ending?: LineEnding
}

const anyEnding = /\r\n|\n|\r/g
const endings: readonly LineEnding[] = ['\n', '\r\n', '\r']

/** Narrows what another browser has sent. */
export const isLineEnding = (value: unknown): value is LineEnding => endings.some((ending) => ending === value)

/** The ending that most lines have; `\n` where none wins. */
export function usualEnding(text: string): LineEnding {
  const counts = new Map<string, number>()
  for (const [found] of text.matchAll(anyEnding)) counts.set(found, (counts.get(found) ?? 0) + 1)
  return endings.reduce((best, next) => ((counts.get(next) ?? 0) > (counts.get(best) ?? 0) ? next : best))
}

/** Splits text where its line ending is not the usual one, so that each line keeps its own through an edit. */
export function toStretches(text: string, usual: LineEnding): readonly Stretch[] {
  const stretches: Stretch[] = []
  let plain = ''
  let position = 0
  for (const match of text.matchAll(anyEnding)) {
    const ending = match[0] as LineEnding
    plain += text.slice(position, match.index)
    position = match.index + ending.length
    if (ending === usual) plain += '\n'
    else {
      stretches.push({ text: plain }, { text: '\n', ending })
      plain = ''
    }
  }
  stretches.push({ text: plain + text.slice(position) })
  return stretches.filter((stretch) => stretch.text !== '')
}

/** The text as it is stored. */
export const fromStretches = (stretches: readonly Stretch[], usual: LineEnding): string =>
  stretches.map(({ text, ending = usual }) => (ending === '\n' ? text : text.replaceAll('\n', ending))).join('')
