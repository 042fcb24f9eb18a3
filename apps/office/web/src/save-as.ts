import { ApiFailure } from './api-failure.ts'
import { element } from './element.ts'
import type { Page } from './page.ts'
import { strings } from './strings.ts'

/** Saves the document as it is seen now under another name, and says so; what was typed last is in it. */
export async function saveCopyAs(page: Page, wanted: string): Promise<{ name: string } | { why: string }> {
  const { notices, actions } = strings
  try {
    if (!page.opening.can.saveCopy || !(await page.flush())) throw new ApiFailure('failed')
    const { name, url } = await page.api.saveAs({ fileName: page.fileName, name: wanted })
    const open = url ? [{ label: actions.openCopy, run: () => void window.open(url, '_blank', 'noopener') }] : []
    page.notices.show({ kind: 'save-as', text: notices.copySaved(name), actions: open, isDismissible: true })
    return { name }
  } catch (cause) {
    const why = cause instanceof ApiFailure && cause.why === 'name' ? notices.nameTaken : notices.saveAsFailed
    page.notices.show({ kind: 'save-as', text: why, tone: 'warning', isDismissible: true })
    return { why }
  }
}

/** Asks for the name of a copy, in the page itself: a frame may not be allowed to open a dialogue. */
export function askForCopy(page: Page): void {
  const { labels, notices, actions } = strings
  const field = element('input', { class: 'name-input', 'aria-label': labels.copyName, spellcheck: 'false' })
  const dot = page.fileName.lastIndexOf('.')
  const stem = dot > 0 ? page.fileName.slice(0, dot) : page.fileName
  field.value = `${stem} (${labels.copy})${page.fileName.slice(stem.length)}`
  const run = () => {
    if (field.value.trim() !== '') void saveCopyAs(page, field.value)
  }
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') run()
    if (event.key === 'Escape') page.notices.hide('save-as')
  })
  const actionsHere = [{ label: actions.save, run }]
  page.notices.show({ kind: 'save-as', text: notices.saveAs, field, actions: actionsHere, isDismissible: true })
  field.focus()
  field.setSelectionRange(0, field.value.length - (page.fileName.length - stem.length))
}
