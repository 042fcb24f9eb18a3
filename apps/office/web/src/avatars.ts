import type { Person } from '../../src/session-messages.ts'
import { element } from './element.ts'
import { strings } from './strings.ts'

const most = 5

/** Round initials of everyone who has the document open. */
export function avatars(): { readonly element: HTMLElement; set(people: readonly Person[], you: string): void } {
  const list = element('ul', { class: 'people', 'aria-label': strings.labels.people, hidden: true })
  return {
    element: list,
    set(people, you) {
      const first = people.slice(0, most).map((person) => avatar(person, person.id === you))
      const rest = people.length - most
      if (rest > 0) first.push(element('li', { class: 'avatar more', title: names(people.slice(most)) }, `+${rest}`))
      list.replaceChildren(...first)
      list.hidden = people.length < 2
    },
  }
}

const names = (people: readonly Person[]): string => people.map(nameOf).join(', ')

/** What someone is called where the host gives them no name. */
export const nameOf = ({ name }: Person): string => name || strings.labels.someone

function avatar(person: Person, isYou: boolean): HTMLLIElement {
  const name = nameOf(person)
  const label = isYou ? strings.labels.you(name) : person.canWrite ? name : strings.labels.viewer(name)
  const item = element('li', { class: `avatar person-${person.color}`, title: label })
  item.append(
    element('span', { 'aria-hidden': 'true' }, initials(name)),
    element('span', { class: 'hidden-text' }, label),
  )
  return item
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}
