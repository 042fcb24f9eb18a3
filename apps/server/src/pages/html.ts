/** Markup that goes into a page as it is. Only `html` makes it, so whatever else a page shows has been escaped. */
export type { Markup }

class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a template: text is escaped, markup is not, and what is `undefined` or `false` leaves nothing. */
export type Insert = string | number | Markup | undefined | false | readonly Insert[]

/** A template whose inserts are escaped, in text and in quoted attributes alike. */
export const html = (strings: TemplateStringsArray, ...inserts: readonly Insert[]): Markup =>
  new Markup(strings.map((part, index) => part + markupOf(inserts[index])).join(''))

const markupOf = (insert: Insert): string => {
  if (insert === undefined || insert === false) return ''
  if (insert instanceof Markup) return insert.text
  if (typeof insert === 'object') return insert.map(markupOf).join('')
  return String(insert).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
