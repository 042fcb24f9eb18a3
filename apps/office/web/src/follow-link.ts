import { element } from './element.ts'
import { destinationOf } from './link-destination.ts'
import { strings } from './strings.ts'

/** Shows where a link in a document leads. It is followed, in a window of its own, when the person says so. */
export function followLink(address: string): void {
  const destination = destinationOf(address)
  const { actions, links } = strings
  const title = element('h2', { id: 'link-title' }, destination ? links.title : links.refused)
  const close = button(destination ? actions.cancel : actions.close)
  const dialog = element(
    'dialog',
    { class: 'link-dialog', 'aria-labelledby': 'link-title', 'aria-describedby': 'link-address' },
    title,
    element('p', { class: 'link-address', id: 'link-address' }, ...(destination ? spelt(destination) : [address])),
    element('div', { class: 'notice-actions' }, close, destination && opener(destination, () => dialog.close())),
  )
  close.addEventListener('click', () => dialog.close())
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

const button = (label: string) => element('button', { type: 'button', class: 'button' }, label)

/** A link of the browser's own: it opens a window where a script might not, and tells the other side nothing. */
function opener({ href }: URL, opened: () => void): HTMLElement {
  const attributes = { target: '_blank', rel: 'noopener noreferrer', autofocus: true }
  const link = element('a', { class: 'button main', href, ...attributes }, strings.actions.openLink)
  link.addEventListener('click', opened)
  return link
}

/** The whole address, as the browser will ask for it. What counts in it, whose it is, stands out. */
function spelt({ href, protocol, username, password, host, pathname }: URL): (Node | string)[] {
  const login = username || password ? `${username}${password && `:${password}`}@` : ''
  const from = protocol.length + (host ? `//${login}`.length : 0)
  const to = from + (host || pathname).length
  return [href.slice(0, from), element('strong', {}, href.slice(from, to)), href.slice(to)]
}
