import { en, type Strings } from './en.ts'

export type { Strings } from './en.ts'

/** Every language this client speaks, by the first part of its tag. */
const languages: Readonly<Record<string, Strings>> = { en }

/** The strings for a language tag such as `de-DE`, and the language they are really in. */
export function stringsFor(tag: string | undefined): { readonly language: string; readonly strings: Strings } {
  const language = tag?.toLowerCase().split('-')[0] ?? ''
  const strings = languages[language]
  return strings ? { language, strings } : { language: 'en', strings: en }
}
