import { isClosing, isTag, nameOf, tokensOf, unescapeXml } from './tokens.ts'

/** One thing in the row that a part with running text is: a tag, or a character with the properties of its run. */
export interface WordItem {
  readonly text: string
  readonly isCharacter: boolean
  /** Of a character: the kind of text it is part of, and the properties of its run, as they are spelt. */
  readonly properties: string
}

const textual = new Set(['t', 'delText', 'instrText', 'delInstrText'])

/**
 * A part with running text as one row. How text is cut into runs says nothing, so runs are not in it: each character
 * carries the properties of its own.
 */
export function wordItems(source: string): readonly WordItem[] {
  const all = tokensOf(source)
  const prefix = nameOf(all.find(isTag) ?? '').replace(/[^:]*$/, '')
  const stack: string[] = []
  let properties = ''
  const items: WordItem[] = []
  for (const one of all) {
    if (isTag(one) && !isClosing(one)) stack.push(local(one, prefix))
    const place = placeOf(stack)
    if (place.is === 'run') properties = ''
    else if (place.is === 'run properties') properties += one
    else if (!isTag(one) && place.is === 'text') {
      const carried = `${place.kind} ${properties}`
      for (const character of unescapeXml(one)) items.push({ text: character, isCharacter: true, properties: carried })
    } else if (place.is !== 'text') items.push({ text: one, isCharacter: false, properties: '' })
    if (isTag(one) && isClosing(one)) stack.pop()
  }
  return items
}

/** The name of one of the format's own elements; others have none that matters here. */
function local(tag: string, prefix: string): string {
  const name = nameOf(tag)
  return name.startsWith(prefix) && !name.slice(prefix.length).includes(':') ? name.slice(prefix.length) : ''
}

type Place = { readonly is: 'run' | 'run properties' | 'elsewhere' } | { readonly is: 'text'; readonly kind: string }

function placeOf(stack: readonly string[]): Place {
  const [parent, last] = [stack.at(-2), stack.at(-1) ?? '']
  if (last === 'r') return { is: 'run' }
  if (parent === 'r' && textual.has(last)) return { is: 'text', kind: last }
  const at = stack.lastIndexOf('rPr')
  return { is: at > 0 && stack[at - 1] === 'r' ? 'run properties' : 'elsewhere' }
}
