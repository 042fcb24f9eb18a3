import type { ReadOnlyReason } from '../../../../src/session-messages.ts'
import type { NoticeAction } from '../../notices.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import { readOnlyText } from './read-only-text.ts'

/** What the page can do about changes that are not saved. */
export interface Wishes {
  readonly rescue: () => readonly NoticeAction[]
  readonly retry: () => void
  readonly discard: () => void
}

/** Nobody takes the changes any more, but here they are: offers to keep it, to try again, or to give it up. */
export function offerRescue(page: Page, why: ReadOnlyReason, { rescue, retry, discard }: Wishes): void {
  const actions = [
    ...rescue(),
    { label: strings.actions.tryAgain, run: retry },
    { label: strings.actions.discard, run: () => askToDiscard(page, discard) },
  ]
  page.notices.show({ kind: 'loss', text: readOnlyText(why), tone: 'warning', actions })
}

/** Asks in the page itself: a frame may not be allowed to open a dialogue. */
function askToDiscard(page: Page, discard: () => void): void {
  const run = () => {
    page.notices.hide('discard')
    discard()
  }
  page.notices.show({
    kind: 'discard',
    text: strings.notices.discardConfirm,
    tone: 'warning',
    actions: [{ label: strings.actions.discardLeftover, run }],
    isDismissible: true,
  })
}

/** The document has moved on without this page: offers what was typed here and is in it no more. */
export function offerApart(page: Page, rescue: readonly NoticeAction[]): void {
  const actions = [...rescue, { label: strings.actions.discardLeftover, run: () => page.notices.hide('apart') }]
  page.notices.show({ kind: 'apart', text: readOnlyText({ code: 'apart' }), tone: 'warning', actions })
}

/** Someone else has the lock: offers to ask for it again. */
export function offerRetry(page: Page, why: ReadOnlyReason, retry: () => void): void {
  const actions = [{ label: strings.actions.tryAgain, run: retry }]
  page.notices.show({ kind: 'locked', text: readOnlyText(why), actions })
}

/** Someone else writes: offers to write instead. */
export function offerTakeOver(page: Page, why: ReadOnlyReason, takeOver: () => void): void {
  const actions = [{ label: strings.actions.takeOver, run: takeOver }]
  page.notices.show({ kind: 'taken', text: readOnlyText(why), actions })
}
