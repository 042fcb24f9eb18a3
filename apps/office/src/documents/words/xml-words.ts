import { readXml } from '../package/xml/read-xml.ts'

/** Which elements of a part hold text, by their local names, and which of them end a line. */
export interface TextElements {
  readonly text: ReadonlySet<string>
  readonly lines: ReadonlySet<string>
}

/** The text of an XML part, a line for each paragraph, up to so many characters. */
export function xmlWords(source: string, { text: holds, lines }: TextElements, most: number): string {
  const path: string[] = []
  const pieces: string[] = []
  let size = 0
  const add = (piece: string) => {
    if (size >= most) return
    pieces.push(piece.slice(0, most - size))
    size += piece.length
  }
  readXml(source, {
    opened({ local }) {
      path.push(local)
      if (local === 'tab' || local === 'br' || local === 's') add(' ')
    },
    text(text) {
      if (path.some((local) => holds.has(local))) add(text)
    },
    closed() {
      if (lines.has(path.pop() ?? '')) add('\n')
    },
  })
  return pieces.join('')
}
