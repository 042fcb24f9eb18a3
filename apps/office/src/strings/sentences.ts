/**
 * What documents are refused with, in another language: by the English sentence, in which `{0}`, `{1}` stand for what
 * differs. In a translation, `{names}` stands for the names in quotation marks that the sentence holds.
 */
export type Sentences = Readonly<Record<string, string>>

const quoted = /“[^”]*”/g

/** A sentence, or several one after the other, in another language. `undefined`: it is not known there. */
export function translated(english: string, sentences: Sentences): string | undefined {
  const pieces = english.split(/(?<=\.) (?=[A-Z])/)
  for (let count = pieces.length; count > 0; count--) {
    const first = one(pieces.slice(0, count).join(' '), sentences)
    if (first === undefined) continue
    if (count === pieces.length) return first
    const rest = translated(pieces.slice(count).join(' '), sentences)
    return rest === undefined ? undefined : `${first} ${rest}`
  }
  return undefined
}

function one(english: string, sentences: Sentences): string | undefined {
  const own = sentences[english]
  if (own !== undefined) return own
  for (const [template, translation] of Object.entries(sentences)) {
    const found = template.includes('{') ? patternOf(template).exec(english) : null
    if (found) return filled(translation, found.slice(1), english.match(quoted) ?? [])
  }
  return undefined
}

const patternOf = (template: string): RegExp =>
  new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\d\}/g, '(.+?)')}$`, 's')

const filled = (translation: string, parts: readonly string[], names: readonly string[]): string =>
  translation
    .replace(/\{(\d)\}/g, (_, index: string) => parts[Number(index)] ?? '')
    .replace('{names}', names.length > 0 ? ` (${names.join(', ')})` : '')
