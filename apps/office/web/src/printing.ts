import { element } from './element.ts'

/** Makes what is printed. What it gives is all that is on the paper. */
export type Printable = () => Node | Promise<Node>

/** Prints what `make` makes, and nothing else of the page. */
export async function print(make: Printable): Promise<void> {
  document.querySelector('.print-sheet')?.remove()
  const sheet = element('div', { class: 'print-sheet' }, await make())
  document.body.append(sheet)
  await Promise.all([...sheet.querySelectorAll('img')].map((image) => image.decode().catch(() => {})))
  window.addEventListener('afterprint', () => sheet.remove(), { once: true })
  window.print()
}
