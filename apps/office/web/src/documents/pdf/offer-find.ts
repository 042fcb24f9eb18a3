import { element } from '../../element.ts'
import { findBar } from '../../find-bar.ts'
import { show } from '../../found-places.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import type { PdfSearch } from './pdf-search.ts'

/** Puts pages where they are seen, below a line to search them with. Gives back what puts others there. */
export function offerFind(page: Page, search: () => PdfSearch | undefined): (pages: HTMLElement) => void {
  const find = findBar({ search, closed: () => show([]) })
  find.setReadOnly(true)
  const place = element('div', { class: 'found-in' }, find.element)
  const open = () => {
    find.open(false)
    void search()?.read(find.lookAgain)
  }
  page.stage.replaceChildren(place)
  page.stage.addEventListener('keydown', (event) => {
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    open()
  })
  page.bar.add({ icon: 'find', label: strings.actions.find, run: open })
  return (pages) => {
    place.replaceChildren(find.element, pages)
    // Pages that are shown anew are read anew.
    if (!find.element.hidden) void search()?.read(find.lookAgain)
  }
}
