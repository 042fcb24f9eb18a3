import type { Opened } from '../../../../src/session-messages.ts'
import type { Page } from '../../page.ts'
import { sentence, strings } from '../../strings.ts'
import { offerFile } from './offer-file.ts'

type Refused = Extract<Opened, { is: 'refused' }>

/** Says why there is no document to see. Where it is the file's fault, the file can still be had, or its pages. */
export function showRefusal(page: Page, refused: Refused): void {
  const { pages } = page.opening
  const isTooMuch = refused.why === 'too-large' || (refused.why === 'not-readable' && refused.isTooMuch)
  const hint = isTooMuch && pages === 'no converter' ? ` ${strings.notices.pagesNeedConverter}` : ''
  const show = { label: strings.actions.showPages, run: () => void showPages(page) }
  page.fail(refusalText(refused) + hint, isTooMuch && pages === 'on demand' ? show : undefined)
  const isContentFault = refused.why === 'too-large' || refused.why === 'not-text' || refused.why === 'not-readable'
  if (isContentFault) offerFile(page)
}

/** What shows pages is loaded when they are wanted. */
async function showPages(page: Page): Promise<void> {
  const { showMade } = await import('../pdf/show-pages.ts')
  await showMade(page)
}

function refusalText(refused: Refused): string {
  const { notices, failures, readOnly } = strings
  if (refused.why === 'too-large') return notices.tooLarge(`${Math.round(refused.limit / 1024 / 1024)} MB`)
  if (refused.why === 'not-text') return notices.notText
  if (refused.why === 'not-readable') return sentence(refused.reason, notices.failed)
  if (refused.why === 'ended') return readOnly.expired
  return `${failures[refused.why].message} ${failures[refused.why].hint}`
}
