import { download } from '../../download.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import { timeOf } from '../open/state-text.ts'

/** Cells that somebody typed into were left behind: offers them, as a list, to whoever comes next. */
export async function offerLeftover(page: Page, changedAt: number): Promise<void> {
  const leftover = await page.api.leftover()
  if (!leftover) return
  const discard = async () => {
    await page.api.removeLeftover()
    page.notices.hide('leftover')
  }
  page.notices.show({
    kind: 'leftover',
    text: strings.notices.leftover(timeOf(changedAt)),
    tone: 'warning',
    actions: [
      {
        label: strings.actions.download,
        run: () => download(`${page.fileName}.txt`, leftover.text, 'text/plain;charset=utf-8'),
      },
      { label: strings.actions.discardLeftover, run: () => void discard() },
    ],
  })
}
