import { element } from './element.ts'
import { type IconName, icon } from './icons.ts'
import { strings } from './strings.ts'

export interface Sought {
  readonly text: string
  readonly isCaseSensitive: boolean
  /** The text is all that stands in one place, such as a cell. */
  readonly isWhole: boolean
}

/** Which of the places is selected, counted from 1, and how many there are. `at` is 0 where none is. */
export interface Found {
  readonly at: number
  readonly of: number
}

/** Finds and replaces text in a document. */
export interface DocumentSearch {
  /** Selects the first place from the cursor on. */
  look(sought: Sought): Found
  /** Selects the next place, or the previous one; behind the last comes the first. */
  step(sought: Sought, by: 1 | -1): Found
  /** Replaces the place that is selected, and selects the next one. Where none is, selects one. */
  replace(sought: Sought, text: string): Found
  /** Replaces all of them, and says how many. */
  replaceAll(sought: Sought, text: string): number
}

/** Where a document is searched, and text in it replaced. */
export interface FindBar {
  readonly element: HTMLElement
  /** `isReplacing`: whether the cursor goes to what is to come in. */
  open(isReplacing: boolean): void
  setReadOnly(isReadOnly: boolean): void
  /** There is more to be found by now. */
  lookAgain(): void
}

export interface FindBarOptions {
  /** `undefined`: there is no document yet. */
  readonly search: () => DocumentSearch | undefined
  /** Back to the document. */
  readonly closed: () => void
  /** Whether whole places, such as cells, can be looked for. */
  readonly hasWhole?: boolean
}

/** A line over a document to search it with. */
export function findBar({ search, closed, hasWhole = false }: FindBarOptions): FindBar {
  const { search: words, find } = strings
  const sought = field(words.Find)
  const replacement = field(words.Replace)
  const isExact = element('input', { type: 'checkbox' })
  const isWhole = element('input', { type: 'checkbox' })
  const count = element('output', { class: 'reading' })
  const wanted = (): Sought => ({
    text: sought.value,
    isCaseSensitive: isExact.checked,
    isWhole: isWhole.checked,
  })
  const say = (found: Found | undefined) => {
    const isNone = sought.value !== '' && !found?.of
    count.textContent =
      sought.value === '' ? '' : isNone ? find.nothingFound : find.found(found?.at ?? 0, found?.of ?? 0)
  }
  const step = (by: 1 | -1) => say(search()?.step(wanted(), by))
  const replace = () => say(search()?.replace(wanted(), replacement.value))
  const replaceAll = () => {
    count.textContent = find.replaced(search()?.replaceAll(wanted(), replacement.value) ?? 0)
  }
  const close = () => {
    bar.hidden = true
    closed()
  }
  const replacing = element(
    'div',
    { class: 'find-row' },
    replacement,
    button(words.replace, replace),
    button(words['replace all'], replaceAll),
  )
  const bar = element(
    'search',
    { class: 'find-bar', hidden: true },
    element(
      'div',
      { class: 'find-row' },
      sought,
      count,
      iconButton('previousPage', words.previous, () => step(-1)),
      iconButton('nextPage', words.next, () => step(1)),
      element('label', {}, isExact, words['match case']),
      element('label', { hidden: !hasWhole }, isWhole, find.wholeCell),
      iconButton('close', words.close, close),
    ),
    replacing,
  )
  const look = () => say(search()?.look(wanted()))
  sought.addEventListener('input', look)
  isExact.addEventListener('change', look)
  isWhole.addEventListener('change', look)
  bar.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close()
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    if (event.target === replacement) replace()
    else step(event.shiftKey ? -1 : 1)
  })
  return {
    element: bar,
    open(isReplacing) {
      bar.hidden = false
      const first = isReplacing && sought.value !== '' && !replacing.hidden ? replacement : sought
      first.focus()
      first.select()
    },
    setReadOnly(isReadOnly) {
      replacing.hidden = isReadOnly
    },
    lookAgain() {
      if (!bar.hidden && sought.value !== '') look()
    },
  }
}

const field = (label: string) =>
  element('input', { type: 'text', class: 'find-field', placeholder: label, 'aria-label': label, spellcheck: 'false' })

function button(label: string, run: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: 'button' }, label)
  made.addEventListener('click', run)
  return made
}

function iconButton(name: IconName, label: string, run: () => void): HTMLButtonElement {
  const made = element(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': label, title: label },
    icon(name),
  )
  made.addEventListener('click', run)
  return made
}
