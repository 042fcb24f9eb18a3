import type { Seat } from '../../../apps/office/test/support/browser.ts'

/** How an opened document meets a person. */
export type Met =
  | { readonly is: 'open' }
  /** It can be seen, or not even that; a sentence says why. */
  | { readonly is: 'read-only'; readonly why: string }

const openingTakes = 120_000

/** Waits until `found` finds something, for as long as a large document may need on a slow machine. */
export async function waitFor<T>(found: () => Promise<T | undefined>, what: string, time = openingTakes): Promise<T> {
  const end = Date.now() + time
  for (;;) {
    const value = await found()
    if (value !== undefined) return value
    if (Date.now() > end) throw new Error(`it never came to this: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Waits until a document is open, or says why it cannot be changed. `isOpen`: whether it takes key strokes. */
export const meet = ({ office }: Seat, isOpen: () => Promise<boolean>): Promise<Met> =>
  waitFor(async () => {
    const failure = office.locator('.failure').first()
    if (await failure.isVisible()) return { is: 'read-only' as const, why: (await failure.textContent()) ?? '' }
    if (await office.locator('.badge').isVisible()) return { is: 'read-only' as const, why: await whyReadOnly(office) }
    return (await isOpen()) ? { is: 'open' as const } : undefined
  }, 'the document is open')

/** The sentence behind the word “Read-only”, once the person has been shown all. */
async function whyReadOnly(office: Seat['office']): Promise<string> {
  return ((await office.locator('.why').textContent()) ?? '').trim()
}

/** What the page warns of, as far as it concerns what was typed. */
export async function warnings({ office }: Seat): Promise<readonly string[]> {
  return office.locator('.notice.warning > p').allTextContents()
}
