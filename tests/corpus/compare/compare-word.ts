import { type Change, isOnlyChange } from './change.ts'
import { comparePartBytes, type Parts, partsOf, textOfPart } from './parts.ts'
import { attributeIn, isTag, localNameOf, middleOf, tokensOf } from './tokens.ts'
import { type WordItem, wordItems } from './word-items.ts'

const mainTypes =
  /wordprocessingml\.(document|template)\.main\+xml|ms-word\.(document|template)\.macroEnabled\.main\+xml/i

/** What is otherwise in a Word document after a change than the change itself, as sentences. Empty: nothing. */
export function compareWord(before: Uint8Array, after: Uint8Array, change: Change): readonly string[] {
  const [one, other] = [partsOf(before), partsOf(after)]
  const { lost, added, changed } = comparePartBytes(one, other)
  const main = mainPartOf(one)
  const stray = changed.filter((name) => name !== main)
  return [
    ...lost.map((name) => `the part ${name} is lost`),
    ...added.map((name) => `the part ${name} is new`),
    ...stray.map((name) => `the part ${name} has changed`),
    ...compareStories(textOfPart(one, main), textOfPart(other, main), change),
  ]
}

function mainPartOf(parts: Parts): string {
  const types = tokensOf(textOfPart(parts, '[Content_Types].xml'))
  const main = types.find((tag) => isTag(tag) && mainTypes.test(attributeIn(tag, 'ContentType') ?? ''))
  return (main && attributeIn(main, 'PartName')?.replace(/^\//, '')) ?? 'word/document.xml'
}

/** Compares the running text of two documents. */
export function compareStories(before: string, after: string, change: Change): readonly string[] {
  if (before === after) return ['nothing has changed']
  if (!hasParagraph(before)) return compareFirst(before, after, change)
  return [...compareTags(before, after), ...compareItems(wordItems(before), wordItems(after), change)]
}

const hasParagraph = (source: string) => tokensOf(source).some((tag) => isTag(tag) && localNameOf(tag) === 'p')

/** What is typed into a document without a paragraph is its first one. */
function compareFirst(before: string, after: string, { inserted }: Change): readonly string[] {
  const paragraph = after.match(/<((?:\w+:)?p)(?:\s[^>]*)?>.*?<\/\1>/s)?.[0] ?? ''
  const text = tokensOf(paragraph).filter((token) => !isTag(token))
  const plain = (source: string) => source.replace(/>\s+</g, '><')
  const isRest = plain(after.replace(paragraph, '')) === plain(before)
  return isRest && text.join('') === inserted ? [] : ['more than the first paragraph has changed']
}

/** Only one paragraph is written anew: every other one is the same, byte for byte, runs and all. */
function compareTags(before: string, after: string): readonly string[] {
  const middle = middleOf(tokensOf(before), tokensOf(after))
  const tags = [...middle.before, ...middle.after].filter(isTag).map(localNameOf)
  return tags.includes('p') || tags.includes('tbl') ? ['more than one paragraph has changed'] : []
}

const isSame = (one: WordItem, other: WordItem) => one.text === other.text && one.properties === other.properties

function compareItems(before: readonly WordItem[], after: readonly WordItem[], change: Change): readonly string[] {
  const middle = middleOf(before, after, isSame)
  const tags = [...middle.before, ...middle.after].filter(({ isCharacter }) => !isCharacter)
  if (tags.length > 0) return tags.map(({ text }) => `${text.slice(0, 120)} has changed`)
  const [start, end] = surroundings(before, middle.start, middle.before.length)
  const textOf = (items: readonly WordItem[]) => items.map(({ text }) => text).join('')
  const texts = [middle.before, middle.after].map((items) => start + textOf(items) + end)
  if (!isOnlyChange(texts[0] ?? '', texts[1] ?? '', change)) {
    return [`“${textOf(middle.before)}” has become “${textOf(middle.after)}”`]
  }
  return formatProblems(before, middle)
}

/** The characters right before and after some items: the change may begin or end with the same letters. */
function surroundings(items: readonly WordItem[], at: number, length: number): readonly [string, string] {
  const reach = 80
  const text = (part: readonly WordItem[]) => part.map((one) => (one.isCharacter ? one.text : '')).join('')
  return [text(items.slice(Math.max(0, at - reach), at)), text(items.slice(at + length, at + length + reach))]
}

/** What is typed looks like what it takes the place of, or like what it stands beside. */
function formatProblems(
  items: readonly WordItem[],
  { start, before, after }: { start: number; before: readonly WordItem[]; after: readonly WordItem[] },
): readonly string[] {
  const near = before.length > 0 ? before : items.slice(Math.max(0, start - 1), start + 1)
  const known = new Set(near.filter(({ isCharacter }) => isCharacter).map(({ properties }) => properties))
  const isNew = known.size > 0 && after.some(({ properties }) => !known.has(properties))
  return isNew ? ['what was typed looks otherwise than what it stands beside'] : []
}
