import { download } from '../../download.ts'
import type { NoticeAction } from '../../notices.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'

/** What can be done with a text that the file does not take: nothing of it is thrown away unasked. */
export function rescueActions(page: Page, text: () => string): NoticeAction[] {
  const actions: NoticeAction[] = []
  if (page.opening.can.saveCopy)
    actions.push({ label: strings.actions.saveCopy, run: () => void saveCopy(page, text()) })
  actions.push({
    label: strings.actions.download,
    run: () => download(page.fileName, text(), 'text/plain;charset=utf-8'),
  })
  return actions
}

async function saveCopy(page: Page, text: string): Promise<void> {
  const { notices, actions } = strings
  try {
    const { name, url } = await page.api.saveCopy({ text, fileName: page.fileName, mark: strings.labels.copy })
    const open = url ? [{ label: actions.openCopy, run: () => void window.open(url, '_blank', 'noopener') }] : []
    page.notices.show({ kind: 'copy', text: notices.copySaved(name), actions: open, isDismissible: true })
  } catch {
    page.notices.show({ kind: 'copy', text: notices.copyFailed, tone: 'warning', isDismissible: true })
  }
}
