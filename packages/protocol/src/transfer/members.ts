/** A value out of JSON that knows where it stands, so that what is wrong can be said of it. */
export interface Member {
  readonly value: unknown
  /** Its name in an object, or its number in a list. Absent: it is the whole. */
  readonly key?: string | number
  /** The object or list it stands in. */
  readonly within?: Member
}

/** The way to a member, such as `Signatures[0].StreamId`. It is only put into words where something is wrong. */
export function pathOf({ key, within }: Member): string {
  const before = within ? pathOf(within) : ''
  if (key === undefined) return before
  return typeof key === 'number' ? `${before}[${key}]` : before === '' ? key : `${before}.${key}`
}

/** Says of a member what is wrong with it. */
export const wrong = (member: Member, fault: string): SyntaxError =>
  new SyntaxError(`${pathOf(member) || 'the message'} ${fault}`)

/** A member of an object. One that is absent has the value `undefined`. */
export function member(within: Member, key: string): Member {
  const { value } = within
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(within, 'is not an object')
  return { key, within, value: Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined }
}

/** Whether a member is absent, or `null`, as some libraries write absent ones. */
export const isAbsent = ({ value }: Member): boolean => value === undefined || value === null

/** The most items that a list may have: twice as many as the chunks of the largest archive that is cut. */
const mostItems = 2 ** 18

/** The items of a list, each read by `read`. */
export function listOf<T>(of: Member, read: (item: Member) => T): T[] {
  if (isAbsent(of)) throw wrong(of, 'is missing')
  if (!Array.isArray(of.value)) throw wrong(of, 'is not a list')
  if (of.value.length > mostItems) throw wrong(of, `has more than ${mostItems} items`)
  return of.value.map((value, key) => read({ value, key, within: of }))
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

/** Throws when two items of a list say the same in the member called `name`. */
export function checkDistinct(of: Member, name: string, values: readonly string[]): void {
  const seen = new Set<string>()
  for (const [key, value] of values.entries()) {
    const item = { value, key, within: of }
    if (seen.has(value)) throw wrong({ value, key: name, within: item }, `has been there before: ${value}`)
    seen.add(value)
  }
}
