import { completed } from './completed.ts'
import { de } from './de.ts'
import { en, type Strings } from './en.ts'
import { sentencesDe } from './sentences.de.ts'
import type { Sentences } from './sentences.ts'
import { sentencesZh } from './sentences.zh.ts'
import { zh } from './zh.ts'

export type { Strings } from './en.ts'

/** What this client says in one language, and how that language is named to a browser. */
export interface Spoken {
  readonly language: string
  readonly strings: Strings
  /** What documents are refused with, by the English sentences. Absent: English is what is spoken. */
  readonly sentences?: Sentences
}

const english: Spoken = { language: 'en', strings: en }
const german: Spoken = { language: 'de', strings: completed(de), sentences: sentencesDe }
const chinese: Spoken = { language: 'zh-Hans', strings: completed(zh), sentences: sentencesZh }

/** The first of these language tags, such as `de-DE`, that this client speaks; English where it speaks none. */
export function stringsFor(tags: readonly string[]): Spoken {
  for (const tag of tags) {
    const spoken = speaking(tag.toLowerCase().split('-'))
    if (spoken) return spoken
  }
  return english
}

const traditional: ReadonlySet<string> = new Set(['hant', 'tw', 'hk', 'mo'])

function speaking([language, ...rest]: readonly string[]): Spoken | undefined {
  if (language === 'en') return english
  if (language === 'de') return german
  // Who reads the traditional characters is better served in another language than in the simplified ones.
  const isSimplified = rest.includes('hans') || !rest.some((part) => traditional.has(part))
  return language === 'zh' && isSimplified ? chinese : undefined
}
