import { renderAllPagesNow } from '@eigenpal/docx-editor-core/layout-painter'
import { element } from '../../element.ts'

/** The pages of a document as they are seen, each on a sheet of paper of its own size. */
export function printedWord(shown: HTMLElement): Node {
  const printed = document.createDocumentFragment()
  const pages = shown.querySelector<HTMLElement>('.paged-editor__pages')
  if (!pages) return printed
  // Of a long document, only pages that are near what is seen have anything on them.
  renderAllPagesNow(pages)
  const papers = new Set<string>()
  for (const page of pages.querySelectorAll<HTMLElement>('.layout-page')) {
    const { width, height } = page.style
    const paper = `paper-${Number.parseFloat(width).toFixed()}-${Number.parseFloat(height).toFixed()}`
    papers.add(`@page ${paper} { size: ${width} ${height}; margin: 0 }`)
    const copy = page.cloneNode(true)
    if (!(copy instanceof HTMLElement)) continue
    copy.style.setProperty('page', paper)
    printed.append(copy)
  }
  printed.prepend(element('style', {}, [...papers].join('\n')))
  return printed
}
