import type { HostMessage } from '@openwopi/protocol'
import { buttonName } from './button-ids.ts'
import { element } from './element.ts'

type Inserted = Extract<HostMessage, { MessageId: 'Insert_Button' }>['Values']

/** The buttons of the bar, as a host's page may hide them and add its own. */
export interface HostButtons {
  hide(id: string): void
  show(id: string): void
  remove(id: string): void
  insert(button: Inserted, clicked: () => void): void
}

/** Hides by a rule of style instead of touching the buttons: some are made later than they are hidden. */
export function hostButtons(bar: HTMLElement, nonce: string): HostButtons {
  const hidden = new Set<string>()
  const sheet = element('style', { nonce })
  document.head.append(sheet)
  const find = (id: string) => bar.querySelector(`[data-button="${CSS.escape(buttonName(id))}"]`)
  const draw = () => {
    const names = [...hidden].map((name) => `[data-button="${CSS.escape(name)}"]`)
    sheet.textContent = names.length > 0 ? `.bar :is(${names.join(', ')}) { display: none; }` : ''
  }
  const hide = (id: string) => {
    hidden.add(buttonName(id))
    draw()
  }
  return {
    hide,
    show(id) {
      hidden.delete(buttonName(id))
      draw()
    },
    /** A button of this client may be made again, and stays away then too. */
    remove(id) {
      const button = find(id)
      if (button?.classList.contains('inserted')) button.remove()
      else hide(id)
    },
    insert(values, clicked) {
      const button = buttonOf(values)
      button.addEventListener('click', clicked)
      find(values.id)?.remove()
      const before = values.insertBefore ? find(values.insertBefore) : undefined
      if (before) before.before(button)
      else bar.querySelector('.actions')?.prepend(button)
    },
  }
}

/** Pictures are taken from data alone, since a page loads nothing from elsewhere; a button without one shows its name. */
function buttonOf({ id, imgurl, hint, label, accessKey }: Inserted): HTMLButtonElement {
  const name = label || hint || id
  const picture = imgurl.startsWith('data:image/') ? element('img', { class: 'icon', src: imgurl, alt: '' }) : undefined
  const attributes = {
    type: 'button',
    class: picture ? 'icon-button inserted' : 'button inserted',
    'data-button': buttonName(id),
    'aria-label': name,
    title: hint || name,
    accesskey: accessKey,
  }
  return element('button', attributes, picture ?? name)
}
