/** In points of a page as it is shown, from its top left corner. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export type TextKind = 'note' | 'stamp'

/** Text that someone puts on a page. */
export interface TextMark {
  readonly is: TextKind
  readonly id: number
  readonly page: number
  x: number
  y: number
  text: string
}

/** Text of a page that someone marks with a pen. */
export interface HighlightMark {
  readonly is: 'highlight'
  readonly id: number
  readonly page: number
  readonly lines: readonly Box[]
  readonly text: string
}

/** Something that is put on a page here, and can still be changed and removed. */
export type Mark = TextMark | HighlightMark

/** Sizes in points, colours as red, green and blue. */
export const looks: Readonly<Record<TextKind, { readonly size: number; readonly color: readonly number[] }>> = {
  note: { size: 12, color: [20, 60, 150] },
  stamp: { size: 22, color: [180, 25, 25] },
}
export const highlightColor: readonly number[] = [255, 224, 60]
export const highlightOpacity = 0.5

const lineHeight = 1.35
const measuring = document.createElement('canvas').getContext('2d')

/** How much room a text takes, in points. */
export function roomOf({ is, text }: Pick<TextMark, 'is' | 'text'>): { width: number; height: number } {
  const { size } = looks[is]
  const lines = text.split('\n')
  if (measuring) measuring.font = `${size}px Helvetica, Arial, sans-serif`
  const widths = lines.map((line) => measuring?.measureText(line).width ?? line.length * size)
  return {
    width: Math.ceil(Math.max(size * 2, ...widths)) + 4,
    height: Math.ceil(lines.length * size * lineHeight) + 2,
  }
}
