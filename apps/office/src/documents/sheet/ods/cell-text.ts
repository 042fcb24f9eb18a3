import type { Tag } from '../xml/scan.ts'
import { textBetween } from '../xml/text.ts'

/** Gathers the text that is shown in a cell from what stands in it. */
export interface CellText {
  take(tag: Tag): void
  /** The text so far; the next cell begins with none. */
  end(): string
}

/** Elements whose text is not that of the cell: remarks, and what lies over cells. */
const apart: ReadonlySet<string> = new Set([
  'annotation',
  'frame',
  'custom-shape',
  'rect',
  'line',
  'ellipse',
  'polygon',
  'g',
  'control',
])
const mostSpaces = 1_000

/** Reads the paragraphs of cells in `xml`. */
export function cellText(xml: string): CellText {
  const lines: string[] = []
  let line: string | undefined
  let from = 0
  let outside = 0
  return {
    take(tag) {
      if (apart.has(tag.name) && tag.is !== 'empty') outside += tag.is === 'open' ? 1 : -1
      if (outside > 0) return
      if (line !== undefined) {
        line += textBetween(xml, from, tag.start)
        if (tag.name === 's') line += ' '.repeat(spaces(tag))
        if (tag.name === 'tab') line += '\t'
        if (tag.name === 'line-break') line += '\n'
      }
      from = tag.end
      const isParagraph = tag.name === 'p' && tag.prefix === 'text:'
      if (isParagraph && tag.is === 'open') line = ''
      if (isParagraph && tag.is !== 'open') lines.push(line ?? '')
      if (isParagraph && tag.is !== 'open') line = undefined
    },
    end() {
      const text = lines.join('\n')
      lines.length = 0
      return text
    },
  }
}

const spaces = ({ rest }: Tag): number => Math.min(mostSpaces, Number(/text:c="(\d+)"/.exec(rest)?.[1] ?? 1))
