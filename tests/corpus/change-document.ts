import type { StoredFile } from '@openwopi/host'
import type { Browser } from 'playwright-core'
import { type Seat, sitDown } from '../../apps/office/test/support/browser.ts'
import type { Setup } from '../../apps/office/test/support/setup.ts'
import { changeCsv } from './change/change-csv.ts'
import { changeOutline } from './change/change-outline.ts'
import { changePdf } from './change/change-pdf.ts'
import { changeSheet } from './change/change-sheet.ts'
import { changeWord } from './change/change-word.ts'
import type { Changed } from './change/changed.ts'
import { waitFor, warnings } from './change/seat-state.ts'
import type { CorpusDocument } from './documents/corpus-document.ts'

/** One browser, one office and one host for all documents. */
export interface Desk {
  readonly browser: Browser
  readonly setup: Setup
}

/** What a person could do with a document, and what its file was afterwards. */
export type Saved =
  | Exclude<Changed, { is: 'changed' }>
  | { readonly is: 'refused'; readonly why: string }
  | (Extract<Changed, { is: 'changed' }> & { readonly after: Uint8Array })

const savingTakes = 60_000

/** Opens a document in the browser, changes one word or one cell, and saves it. */
export async function changeDocument(desk: Desk, document: CorpusDocument, bytes: Uint8Array): Promise<Saved> {
  const file = await desk.setup.host.add(`${document.name.replaceAll('/', ' - ')}`, bytes)
  const seat = await sitDown(desk.browser, desk.setup, file)
  try {
    const changed = await change(seat, document.extension, bytes)
    return changed.is === 'changed' ? await save(desk.setup, { seat, file, before: bytes }, changed) : changed
  } finally {
    await seat.leave()
  }
}

function change(seat: Seat, extension: string, bytes: Uint8Array): Promise<Changed> {
  if (/^(do[ct][xm])$/.test(extension)) return changeWord(seat)
  if (/^xls[xm]$/.test(extension)) return changeSheet(seat, bytes)
  if (extension === 'csv') return changeCsv(seat, bytes)
  if (extension === 'pdf') return changePdf(seat)
  return changeOutline(seat)
}

interface Open {
  readonly seat: Seat
  readonly file: StoredFile
  readonly before: Uint8Array
}

/** Asks to save, and waits until the host has it and the page says so, or says why not. */
async function save(
  { host }: Setup,
  { seat, file, before }: Open,
  changed: Extract<Changed, { is: 'changed' }>,
): Promise<Saved> {
  await seat.page.keyboard.press('Control+s')
  return waitFor(
    async () => {
      const [why] = await warnings(seat)
      if (why !== undefined) return { is: 'refused' as const, why }
      const isSaved = (await seat.state()).startsWith('Saved at ')
      const after = isSaved ? await host.bytes(file) : undefined
      return after && !after.equals(before) && (await isSettled(seat)) ? { ...changed, after } : undefined
    },
    'the change is saved',
    savingTakes,
  )
}

/** Whether nothing is on its way any more: the page says “Saved” also between two changes. */
async function isSettled(seat: Seat): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  return (await seat.state()).startsWith('Saved at ')
}
