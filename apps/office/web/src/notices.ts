import { element } from './element.ts'
import { icon } from './icons.ts'
import { strings } from './strings.ts'

export interface NoticeAction {
  readonly label: string
  readonly run: () => void
}

/** A sentence under the bar, with what can be done about it. */
export interface Notice {
  /** A later notice of the same kind takes the place of an earlier one. */
  readonly kind: string
  readonly text: string
  readonly tone?: 'plain' | 'warning'
  /** Something to fill in. */
  readonly field?: HTMLElement
  readonly actions?: readonly NoticeAction[]
  readonly isDismissible?: boolean
}

export interface Notices {
  readonly element: HTMLElement
  show(notice: Notice): void
  hide(kind: string): void
}

export function notices(): Notices {
  const shown = new Map<string, HTMLElement>()
  const all = element('div', { class: 'notices', 'aria-live': 'polite' })
  const hide = (kind: string) => {
    shown.get(kind)?.remove()
    shown.delete(kind)
  }
  return {
    element: all,
    hide,
    show(notice) {
      const made = noticeElement(notice, () => hide(notice.kind))
      const before = shown.get(notice.kind)
      if (before) before.replaceWith(made)
      else all.append(made)
      shown.set(notice.kind, made)
    },
  }
}

function noticeElement(
  { text, tone = 'plain', field, actions = [], isDismissible }: Notice,
  dismiss: () => void,
): HTMLElement {
  const buttons = actions.map(({ label, run }) => {
    const button = element('button', { type: 'button', class: 'button' }, label)
    button.addEventListener('click', run)
    return button
  })
  if (isDismissible) {
    const button = element(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': strings.actions.dismiss },
      icon('close'),
    )
    button.addEventListener('click', dismiss)
    buttons.push(button)
  }
  return element(
    'div',
    { class: `notice ${tone}` },
    element('p', {}, text),
    field,
    element('div', { class: 'notice-actions' }, ...buttons),
  )
}
