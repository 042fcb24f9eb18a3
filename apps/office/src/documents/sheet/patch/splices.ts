/** A stretch of a text that gives way to another. */
export interface Splice {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** The text with every splice made. They may come in any order, and must not overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const pieces: string[] = []
  let at = 0
  for (const splice of [...splices].sort((one, other) => one.from - other.from || one.to - other.to)) {
    if (splice.from < at) throw new Error('two changes of a part overlap')
    pieces.push(text.slice(at, splice.from), splice.text)
    at = splice.to
  }
  pieces.push(text.slice(at))
  return pieces.join('')
}

/** The tag with one of its attributes set; `undefined` takes it away. */
export function withAttribute(tag: string, name: string, value: string | undefined): string {
  const shape = new RegExp(`\\s+${name}\\s*=\\s*(?:"[^"]*"|'[^']*')`)
  const written = value === undefined ? '' : ` ${name}="${value}"`
  if (shape.test(tag)) return tag.replace(shape, () => written)
  return tag.replace(/\s*(\/?>)$/, (_, end: string) => written + end)
}
