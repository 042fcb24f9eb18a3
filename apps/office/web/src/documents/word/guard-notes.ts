/** Where the editor shows footnotes, which it does not let people change. */
const notes = '.layout-footnote-area'

/**
 * A click into a footnote puts the cursor nowhere: the editor would put it somewhere in the text, and what is typed then
 * would stand where nobody meant it. `clicked` is told.
 */
export function guardNotes(holder: HTMLElement, clicked: () => void): void {
  const pressed = (event: MouseEvent) => {
    if (!(event.target instanceof Element) || !event.target.closest(notes)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    if (event.type === 'click') clicked()
  }
  for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click', 'dblclick'] as const)
    holder.addEventListener(type, pressed, { capture: true })
}
