import type { ConversionNews } from '../../src/converter/conversion-news.ts'
import type { Following } from './follow-conversion.ts'
import type { Page } from './page.ts'
import { strings } from './strings.ts'
import { whyNotConverted } from './why-not-converted.ts'

/** What is said of one conversion. */
export interface Sayings {
  readonly working: string
  readonly failed: string
}

/** What came of a conversion: something, or nothing, and a sentence that says why. */
export type Outcome<T> = { readonly made: T } | { readonly why: string }

/** The name of the notice about a conversion. */
const kind = 'convert'

/** Has the office convert, and tells how it goes, with a button that ends it. */
export async function converting<T>(
  page: Page,
  { working, failed }: Sayings,
  work: (following: Following) => Promise<T>,
): Promise<Outcome<T>> {
  const ending = new AbortController()
  const actions = [{ label: strings.actions.cancel, run: () => ending.abort() }]
  const news = (told: ConversionNews) => {
    const text = told.is === 'waiting' ? strings.notices.conversionWaits(told.before) : working
    page.notices.show({ kind, text, actions })
  }
  news({ is: 'working' })
  try {
    return { made: await work({ news, signal: ending.signal }) }
  } catch (cause) {
    return { why: ending.signal.aborted ? strings.notices.conversionStopped : (whyNotConverted(cause) ?? failed) }
  } finally {
    page.notices.hide(kind)
  }
}

/** Says why nothing was made, and offers to try again. */
export function tellFailure(page: Page, why: string, again: () => void): void {
  const actions = [{ label: strings.actions.tryAgain, run: again }]
  page.notices.show({ kind, text: why, tone: 'warning', actions, isDismissible: true })
}
