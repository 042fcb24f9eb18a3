/** A value out of JSON, with the way to it, such as `Signatures[0].StreamId`: what is wrong can be said of it. */
export interface Member {
  readonly path: string
  readonly value: unknown
}

/** Says of a member what is wrong with it. */
export const wrong = ({ path }: Member, fault: string): SyntaxError => new SyntaxError(`${path} ${fault}`)

/** A member of an object. One that is absent has the value `undefined`. */
export function member(of: Member, name: string): Member {
  const { value } = of
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(of, 'is not an object')
  const path = of.path === '' ? name : `${of.path}.${name}`
  return { path, value: Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined }
}

/** Whether a member is absent, or `null`, as some libraries write absent ones. */
export const isAbsent = ({ value }: Member): boolean => value === undefined || value === null

/** The items of a list, each read by `read`. */
export function listOf<T>(of: Member, read: (item: Member) => T): T[] {
  if (isAbsent(of)) throw wrong(of, 'is missing')
  if (!Array.isArray(of.value)) throw wrong(of, 'is not a list')
  return of.value.map((value, index) => read({ path: `${of.path}[${index}]`, value }))
}

/** The items of a list. An absent list has none. */
export const optionalListOf = <T>(of: Member, read: (item: Member) => T): T[] => (isAbsent(of) ? [] : listOf(of, read))

/** A text. */
export function text(of: Member): string {
  if (isAbsent(of)) throw wrong(of, 'is missing')
  if (typeof of.value !== 'string') throw wrong(of, 'is not text')
  return of.value
}

/** A text of 1 to `most` characters. */
export function shortText(of: Member, most: number): string {
  const value = text(of)
  if (value === '') throw wrong(of, 'is empty')
  if (value.length > most) throw wrong(of, `is longer than ${most} characters`)
  return value
}

/** One of some words. */
export function oneOf<T extends string>(of: Member, words: readonly T[]): T {
  const value = text(of)
  const found = words.find((word) => word === value)
  if (found === undefined) throw wrong(of, `is not one of ${words.join(', ')}`)
  return found
}

/** A whole number of at least `least`. */
export function whole(of: Member, least = 0): number {
  if (isAbsent(of)) throw wrong(of, 'is missing')
  const { value } = of
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw wrong(of, `is not a whole number of at least ${least}`)
  }
  return value
}

/** Throws when two items of `values` are the same. */
export function checkDistinct(of: Member, name: string, values: readonly string[]): void {
  const seen = new Set<string>()
  for (const [index, value] of values.entries()) {
    if (seen.has(value)) throw new SyntaxError(`${of.path}[${index}].${name} has been there before: ${value}`)
    seen.add(value)
  }
}
