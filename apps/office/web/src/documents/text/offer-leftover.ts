import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import { timeOf } from '../open/state-text.ts'
import { rescueActions } from './rescue.ts'

/** Changes were left behind by someone: offers them to whoever comes next. */
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
      ...rescueActions(page, () => leftover.text),
      { label: strings.actions.discardLeftover, run: () => void discard() },
    ],
  })
}
