import { converting, tellFailure } from '../../converting.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'

/** Offers a copy in a format that can be edited, and makes it at once where the page was opened for that. */
export function offerConversion(page: Page): void {
  const { convertsTo, convertsNow } = page.opening
  if (!convertsTo) return
  const run = () => void convert(page, button)
  const button = page.bar.add({ icon: 'edit', label: strings.actions.convert(convertsTo), isMain: true, run })
  if (convertsNow) void convert(page, button).then((url) => url && goTo(url))
}

async function convert(page: Page, button: HTMLButtonElement): Promise<string | undefined> {
  const { notices, actions } = strings
  button.disabled = true
  const sayings = { working: notices.convertingCopy, failed: notices.convertFailed }
  const outcome = await converting(page, sayings, (following) => page.api.convert(following))
  button.disabled = false
  if ('why' in outcome) {
    tellFailure(page, outcome.why, () => void convert(page, button))
    return undefined
  }
  const { name = '', url } = outcome.made
  const open = url ? [{ label: actions.openCopy, run: () => goTo(url) }] : []
  page.notices.show({ kind: 'copy', text: notices.copySaved(name), actions: open, isDismissible: true })
  return url
}

/** The copy takes the place of the whole page of the host, as it does with other editors. */
function goTo(url: string): void {
  window.open(url, '_top')
}
