import { en, type Strings } from './en.ts'

type Entries = Readonly<Record<string, unknown>>

const isEntries = (value: unknown): value is Entries => typeof value === 'object' && value !== null

/** A language with what it lacks in English: it may lag behind, and still says everything. */
export const completed = (language: object): Strings => over(en, language) as Strings

function over(own: object, other: unknown): object {
  const entries = Object.entries(own).map(([key, value]) => {
    const said: unknown = isEntries(other) && Object.hasOwn(other, key) ? other[key] : undefined
    if (isEntries(value)) return [key, over(value, said)]
    return [key, typeof said === typeof value ? said : value]
  })
  return Object.fromEntries(entries)
}
