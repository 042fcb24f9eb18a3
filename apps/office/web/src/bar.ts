import type { Person } from '../../src/session-messages.ts'
import { avatars } from './avatars.ts'
import { element } from './element.ts'
import { type IconName, icon } from './icons.ts'
import { nameField } from './name-field.ts'
import { base } from './office-api.ts'
import { strings } from './strings.ts'

export interface BarAction {
  readonly icon: IconName
  readonly label: string
  readonly run: () => void
  /** Shown with its label, as the one thing people come here to do. */
  readonly isMain?: boolean
}

/** The line over a document: what it is, whether it is saved, who is in it, and what can be done. */
export interface Bar {
  readonly element: HTMLElement
  setName(name: string): void
  /** `tone`: `waiting` where something is not with the host yet. */
  setState(text: string, tone?: 'calm' | 'waiting'): void
  /** `undefined`: it can be edited. */
  setReadOnly(why: string | undefined): void
  setPeople(people: readonly Person[], you: string): void
  /** Adds a button before those that are there for every document, in the place of one that is called the same. */
  add(action: BarAction): HTMLButtonElement
  addTools(tools: HTMLElement): void
}

export interface BarOptions {
  readonly fileName: string
  readonly icon: string
  /** Gives the file another name. Absent: it cannot be renamed. */
  readonly rename?: (name: string) => Promise<string>
  readonly actions: readonly BarAction[]
}

export function bar(options: BarOptions): Bar {
  const name = nameField(options)
  const state = element(
    'span',
    { class: 'state', role: 'status', 'aria-label': strings.labels.state },
    strings.saving.opening,
  )
  const badge = element(
    'button',
    { type: 'button', class: 'badge', hidden: true },
    icon('lock'),
    strings.saving.readOnly,
  )
  const people = avatars()
  const tools = element('div', { class: 'tools' })
  const buttons = element('div', { class: 'actions' })
  for (const action of options.actions) buttons.append(actionButton(action))
  const why = element('p', { class: 'why', id: 'why', hidden: true })
  badge.setAttribute('aria-describedby', 'why')
  badge.addEventListener('click', () => {
    why.hidden = !why.hidden
  })
  return {
    element: element(
      'header',
      { class: 'bar', 'aria-label': strings.labels.bar },
      element('img', {
        class: 'file-icon',
        src: new URL(`icons/${options.icon}.svg`, base).href,
        alt: '',
      }),
      element('div', { class: 'title' }, name.element, element('div', { class: 'under-title' }, state, badge)),
      tools,
      people.element,
      buttons,
      why,
    ),
    setName: name.set,
    setState(text, tone = 'calm') {
      if (state.textContent !== text) state.textContent = text
      state.dataset['tone'] = tone
    },
    setReadOnly(text) {
      badge.hidden = text === undefined
      badge.title = text ?? ''
      if (text !== why.textContent) why.textContent = text ?? ''
      if (text === undefined) why.hidden = true
    },
    setPeople: people.set,
    add(action) {
      const button = actionButton(action)
      // Where a document is refused, it does without its own.
      const earlier = [...buttons.children].find(({ ariaLabel }) => ariaLabel === action.label)
      earlier?.remove()
      buttons.prepend(button)
      return button
    },
    addTools: (element) => tools.append(element),
  }
}

/** A button of the bar. */
export function actionButton({ icon: name, label, run, isMain }: BarAction): HTMLButtonElement {
  const button = isMain
    ? element(
        'button',
        { type: 'button', class: 'button main', 'data-button': name },
        icon(name),
        element('span', {}, label),
      )
    : element(
        'button',
        { type: 'button', class: 'icon-button', 'data-button': name, 'aria-label': label, title: label },
        icon(name),
      )
  button.addEventListener('click', run)
  return button
}
