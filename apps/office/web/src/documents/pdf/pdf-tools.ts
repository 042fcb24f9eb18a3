import { actionButton } from '../../bar.ts'
import { element } from '../../element.ts'
import { strings } from '../../strings.ts'
import type { PdfView } from './pdf-view.ts'

/** Pages and zoom. */
export function pdfTools(view: PdfView): HTMLElement {
  const { actions, labels } = strings
  const page = element('output', { class: 'reading' })
  const zoom = element('output', { class: 'reading' })
  const update = () => {
    page.textContent = `${view.page} / ${view.pages}`
    page.setAttribute('aria-label', labels.page(view.page, view.pages))
    zoom.textContent = labels.zoom(Math.round(view.scale * 100))
  }
  view.onMove(update)
  update()
  return element(
    'div',
    { class: 'tool-group' },
    actionButton({ icon: 'previousPage', label: actions.previousPage, run: () => view.goTo(view.page - 1) }),
    page,
    actionButton({ icon: 'nextPage', label: actions.nextPage, run: () => view.goTo(view.page + 1) }),
    actionButton({ icon: 'zoomOut', label: actions.zoomOut, run: () => view.setScale(view.scale / 1.2) }),
    zoom,
    actionButton({ icon: 'zoomIn', label: actions.zoomIn, run: () => view.setScale(view.scale * 1.2) }),
    actionButton({ icon: 'fitWidth', label: actions.fitWidth, run: view.fitWidth }),
  )
}
