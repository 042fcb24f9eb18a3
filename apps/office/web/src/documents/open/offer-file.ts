import { download } from '../../download.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'

/** Offers the file as the host has it, where it may leave the page. */
export function offerFile(page: Page): void {
  if (!page.opening.can.download) return
  const run = async () => download(page.fileName, await page.api.content())
  page.bar.add({ icon: 'download', label: strings.actions.download, run: () => void run() })
}
