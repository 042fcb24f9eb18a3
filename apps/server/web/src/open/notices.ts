import { strings } from '../strings.ts'
import { element } from './element.ts'

/** A line above the editor. */
export interface Notice {
  readonly text: string
  readonly tone: 'calm' | 'warn' | 'danger'
  readonly actions?: readonly NoticeAction[]
}

/** A way on from a notice: an address, or something to do. */
export interface NoticeAction {
  readonly label: string
  readonly to: string | (() => void)
}

/** What the page has to say, each thing under a name of its own. */
export interface Notices {
  show(name: string, notice: Notice): void
  hide(name: string): void
}

/** The lines in `place`, which takes no room while there are none. */
export const createNotices = (place: HTMLElement): Notices => {
  const lines = new Map<string, HTMLElement>()
  const hide = (name: string) => {
    lines.get(name)?.remove()
    lines.delete(name)
  }
  return {
    hide,
    show: (name, notice) => {
      const line = lineOf(notice, () => hide(name))
      const old = lines.get(name)
      if (old) old.replaceWith(line)
      else place.append(line)
      lines.set(name, line)
    },
  }
}

const lineOf = ({ text, tone, actions = [] }: Notice, onDismiss: () => void): HTMLElement =>
  element(
    'div',
    { className: `open-notice ${tone}` },
    element('p', {}, text),
    ...actions.map(actionOf),
    actionOf({ label: strings.dismiss, to: onDismiss }),
  )

/** The link or button of an action. */
export const actionOf = ({ label, to }: NoticeAction): HTMLElement =>
  typeof to === 'string'
    ? element('a', { className: 'button small', href: to }, label)
    : element('button', { className: 'button small', type: 'button', onclick: to }, label)
