const token = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<(?:[^<>"']|"[^"]*"|'[^']*')*>|[^<]+/g

/** The tags and the texts of a piece of XML, in their order. What closes itself is opened and closed. */
export function tokensOf(xml: string): readonly string[] {
  return (xml.match(token) ?? []).flatMap((one) => {
    const isAlone = one.startsWith('<') && one.endsWith('/>')
    return isAlone ? [`${one.slice(0, -2).trimEnd()}>`, `</${nameOf(one)}>`] : [one]
  })
}

/** The name of a tag with its prefix, without the slash of a closing one. */
export const nameOf = (tag: string): string => tag.match(/^<\/?([^\s/>]+)/)?.[1] ?? ''

/** The name of a tag without its prefix. */
export const localNameOf = (tag: string): string => nameOf(tag).replace(/^.*:/, '')

export const isTag = (one: string): boolean => /^<[^!?]/.test(one)
export const isClosing = (one: string): boolean => one.startsWith('</')

/** The value of an attribute of a tag, as it is spelt there. */
export const attributeIn = (tag: string, name: string): string | undefined =>
  tag
    .match(new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`))
    ?.slice(1)
    .find((value) => value !== undefined)

export interface Middle<T> {
  /** How many are the same at the start. */
  readonly start: number
  readonly before: readonly T[]
  readonly after: readonly T[]
}

/** What is left of two lists when what they begin and end with alike is taken off. */
export function middleOf<T>(one: readonly T[], other: readonly T[], isSame = (a: T, b: T) => a === b): Middle<T> {
  const most = Math.min(one.length, other.length)
  const same = (a: T | undefined, b: T | undefined) => a !== undefined && b !== undefined && isSame(a, b)
  let start = 0
  while (start < most && same(one[start], other[start])) start++
  let end = 0
  while (end < most - start && same(one.at(-1 - end), other.at(-1 - end))) end++
  return { start, before: one.slice(start, one.length - end), after: other.slice(start, other.length - end) }
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Text as it is meant. */
export const unescapeXml = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    return decimal ? String.fromCodePoint(Number(decimal)) : (entities[name] ?? all)
  })
