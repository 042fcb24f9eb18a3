import { type Change, isOnlyChange } from './change.ts'
import { comparePartBytes, partsOf, textOfPart } from './parts.ts'
import { isTag, middleOf, tokensOf, unescapeXml } from './tokens.ts'

/** What is otherwise in slides or an OpenDocument text after a change than the change itself, as sentences. */
export function compareOutline(before: Uint8Array, after: Uint8Array, change: Change): readonly string[] {
  const [one, other] = [partsOf(before), partsOf(after)]
  const { lost, added, changed } = comparePartBytes(one, other)
  const [part, ...stray] = changed
  const problems = [
    ...lost.map((name) => `the part ${name} is lost`),
    ...added.map((name) => `the part ${name} is new`),
    ...stray.map((name) => `the part ${name} has changed`),
  ]
  if (part === undefined) return [...problems, 'nothing has changed']
  return [...problems, ...textProblems(textOfPart(one, part), textOfPart(other, part), change)]
}

/** All tags stay; one text is another. */
function textProblems(before: string, after: string, change: Change): readonly string[] {
  const middle = middleOf(tokensOf(before), tokensOf(after))
  const tags = [...middle.before, ...middle.after].filter(isTag)
  if (tags.length > 0) return tags.map((tag) => `${tag.slice(0, 120)} has changed`)
  const [one, other] = [middle.before, middle.after].map((texts) => unescapeXml(texts.join('')))
  return isOnlyChange(one ?? '', other ?? '', change) ? [] : [`“${one}” has become “${other}”`]
}

/** What is otherwise in a text after a change than the change itself. */
export function compareText(before: Uint8Array, after: Uint8Array, change: Change): readonly string[] {
  const [one, other] = [before, after].map((bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  return isOnlyChange(one ?? '', other ?? '', change) ? [] : ['more than the field that was typed into has changed']
}

/** Whatever is put on a PDF stands behind all that was there. */
export function comparePdf(before: Uint8Array, after: Uint8Array): readonly string[] {
  if (after.length <= before.length) return ['nothing has changed']
  const isKept = Buffer.compare(before, after.subarray(0, before.length)) === 0
  return isKept ? [] : ['bytes of the file have changed']
}
