import type { Opened } from '../../../../src/session-messages.ts'
import { download } from '../../download.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import { TextDocument } from './text-document.ts'
import './text.css'

/** Opens a text: reads it, or edits it together with everyone else who has it open. */
export async function showText(page: Page): Promise<void> {
  const opened = await page.api.open()
  if (opened.is === 'refused') return refuse(page, opened)
  const text = new TextDocument(page)
  await text.join(opened)
  page.loaded()
}

function refuse(page: Page, opened: Opened & { is: 'refused' }): void {
  page.fail(refusalText(opened))
  const isContentFault = opened.why === 'too-large' || opened.why === 'not-text'
  if (!isContentFault || !page.opening.can.download) return
  const run = async () => download(page.fileName, await page.api.content())
  page.bar.add({ icon: 'download', label: strings.actions.download, run: () => void run() })
}

function refusalText(opened: Opened & { is: 'refused' }): string {
  const { notices, failures, readOnly } = strings
  if (opened.why === 'too-large') return notices.tooLarge(`${Math.round(opened.limit / 1024 / 1024)} MB`)
  if (opened.why === 'not-text') return notices.notText
  if (opened.why === 'ended') return readOnly.expired
  return `${failures[opened.why].message} ${failures[opened.why].hint}`
}
