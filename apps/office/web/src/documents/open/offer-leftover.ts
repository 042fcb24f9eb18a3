import { download } from '../../download.ts'
import type { NoticeAction } from '../../notices.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import { timeOf } from './state-text.ts'

/** Changes were left behind by someone: offers them, as words, to whoever comes next. `actions`: what can be done with them. */
export async function offerLeftover(
  page: Page,
  changedAt: number,
  actions: (words: string) => readonly NoticeAction[] = (words) => [
    wordsAction(page, strings.actions.download, () => words),
  ],
): Promise<void> {
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
    actions: [...actions(leftover.text), { label: strings.actions.discardLeftover, run: () => void discard() }],
  })
}

/** Hands out, as a text of their own, the words as they are then. */
export const wordsAction = (page: Page, label: string, words: () => string): NoticeAction => ({
  label,
  run: () => download(`${page.fileName}.txt`, words(), 'text/plain;charset=utf-8'),
})
