import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { type BarePages, serveBarePages } from '../bare-pages.ts'
import { type Figure, timeFigure } from '../figures.ts'
import { wordDocument, workbook } from '../office-documents.ts'
import { startBrowser, timeUntilSeen } from '../seen.ts'
import { type ServedFolder, serveFolder } from '../served-folder.ts'
import { withWorkplace } from '../workplace.ts'

const rounds = 9

/** A document, and the page that shows it with the component alone. */
interface Measured {
  readonly what: string
  readonly name: string
  readonly page: string
  readonly bytes: Buffer
}

const documents: readonly Measured[] = [
  { what: 'First page of a .docx of 50 pages', name: 'report.docx', page: 'word', bytes: wordDocument(50) },
  { what: 'First cells of an .xlsx of 50,000', name: 'figures.xlsx', page: 'sheet', bytes: workbook(50_000) },
]

interface Stage {
  readonly browser: Browser
  readonly served: ServedFolder
  readonly bare: BarePages
}

/** Lets the office and the bare page take turns, after a round that does not count. */
async function measure({ browser, served, bare }: Stage, { what, name, page, bytes }: Measured): Promise<Figure> {
  const ours = await served.addressOf(name)
  const alone = bare.addressOf(page, bytes)
  const times: number[] = []
  const baselineTimes: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const time = await timeUntilSeen(browser, ours)
    const baseline = await timeUntilSeen(browser, alone)
    if (round === 0) continue
    times.push(time)
    baselineTimes.push(baseline)
  }
  return timeFigure({ what, times, baseline: 'the component in a bare page', baselineTimes, aim: 2 })
}

/** How soon a large document is seen in the built-in client, against the component that shows it alone. */
export const firstPage = (): Promise<readonly Figure[]> =>
  withWorkplace(async (place) => {
    for (const { name, bytes } of documents) await writeFile(join(place.folder, name), bytes)
    const stage = { browser: await startBrowser(), served: await serveFolder(place), bare: await serveBarePages() }
    try {
      const figures: Figure[] = []
      for (const document of documents) figures.push(await measure(stage, document))
      return figures
    } finally {
      await stage.browser.close()
      await stage.served.stop()
      await stage.bare.stop()
    }
  })
