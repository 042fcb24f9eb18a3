import { download } from '../../download.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import { wordsAction } from '../open/offer-leftover.ts'
import { timeOf } from '../open/state-text.ts'

/** Offers what somebody left behind: the file, where there is one, and the words that are in no file. */
export async function offerLeftoverFile(page: Page, changedAt: number): Promise<void> {
  const { api, notices } = page
  const words = (await api.leftover())?.text ?? ''
  const file = await api.leftoverFile().catch((cause) => {
    if (words === '') throw cause
    return undefined
  })
  const discard = async () => {
    await api.removeLeftover()
    notices.hide('leftover')
  }
  notices.show({
    kind: 'leftover',
    text: strings.notices.leftoverFile(timeOf(changedAt)),
    tone: 'warning',
    actions: [
      ...(file ? [{ label: strings.actions.download, run: () => download(page.fileName, file) }] : []),
      ...(words ? [wordsAction(page, strings.pdf.downloadWords, () => words)] : []),
      { label: strings.actions.discardLeftover, run: () => void discard() },
    ],
  })
}
