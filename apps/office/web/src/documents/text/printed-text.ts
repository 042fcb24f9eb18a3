import { element } from '../../element.ts'

/** A text as it is printed: its preview where that is what is seen, else the text, whole and wrapped. */
export function printedText(panes: HTMLElement, text: string): Node {
  const preview = panes.querySelector('.preview-pane')
  if (panes.dataset['layout'] === 'text' || !preview) return element('pre', { class: 'printed-text' }, text)
  const copy = element('div', { class: preview.className })
  copy.append(...[...preview.childNodes].map((node) => node.cloneNode(true)))
  return copy
}
