import { followLink } from '../../follow-link.ts'

/** The editor's own note beside a link, with its address. */
const note = '.ep-hyperlink-popup'

/**
 * Sees to it that no link in there is followed before the person has seen where it leads. What the editor does with a
 * click on its pages stays: it shows a note with the address, and goes to places in the document itself.
 */
export function guardLinks(holder: HTMLElement): void {
  const clicked = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null
    const address = link?.getAttribute('href') ?? '#'
    if (address.startsWith('#')) return
    event.preventDefault()
    const isMeant = event.ctrlKey || event.metaKey || event.button === 1
    if (!link?.closest(note) && !isMeant) return
    event.stopImmediatePropagation()
    followLink(address)
  }
  holder.addEventListener('click', clicked, { capture: true })
  holder.addEventListener('auxclick', clicked, { capture: true })
}
