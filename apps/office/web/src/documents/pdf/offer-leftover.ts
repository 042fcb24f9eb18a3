import type { OpenedDocument } from '../../../../src/session-messages.ts'
import { download } from '../../download.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import { timeOf } from '../open/state-text.ts'

/** The PDF has become another one: offers what was filled in and noted in the one before, in words. */
export async function offerLeftover(page: Page, { leftoverAt = 0 }: OpenedDocument): Promise<void> {
  const leftover = await page.api.leftover()
  if (!leftover) return
  const discard = async () => {
    await page.api.removeLeftover()
    page.notices.hide('leftover')
  }
  page.notices.show({
    kind: 'leftover',
    text: strings.notices.leftover(timeOf(leftoverAt)),
    tone: 'warning',
    actions: [
      { label: strings.pdf.downloadWords, run: () => downloadWords(page, leftover.text) },
      { label: strings.actions.discardLeftover, run: () => void discard() },
    ],
  })
}

/** Hands out as a text what was filled in and noted. */
export const downloadWords = ({ fileName }: Page, words: string): void =>
  download(`${fileName}.txt`, words, 'text/plain;charset=utf-8')
