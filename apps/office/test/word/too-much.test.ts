import { readFileSync } from 'node:fs'
import { ConversionError, type Converter } from '@openwopi/office/converter'
import { expect, onTestFinished, test } from 'vitest'
import { inBrowser } from '../support/in-browser.ts'
import { setUp } from '../support/setup.ts'
import { smallPdf } from '../support/small-pdf.ts'
import { paragraph, run, wordDocument } from './documents.ts'

const { sitDown } = inBrowser()

/** A machine that does much else at once takes its time. */
const patience = { timeout: 120_000 }

/** Makes the same pages of everything. */
const converter: Converter = {
  offers: (from, to) => from === 'docx' && to === 'pdf',
  convert: async () => smallPdf(['The first of ten thousand pages']),
  close: async () => {},
}

const tenThousandPages = wordDocument(
  Array.from({ length: 10_000 }, (_, at) => paragraph(run(`Page ${at}`), '<w:pageBreakBefore/>')).join(''),
)

async function openLong(options: { converter?: Converter } = {}) {
  const setup = await setUp(options)
  onTestFinished(() => setup.close())
  return sitDown(setup, await setup.host.add('Endless.docx', tenThousandPages))
}

test('a document of ten thousand pages says that it is too much, and shows its pages to whoever asks', async () => {
  const { office, problems } = await openLong({ converter })
  const sentence = office.locator('.failure')
  await sentence.getByText('more than 5,000 pages').waitFor(patience)
  expect(await sentence.textContent()).not.toContain('LibreOffice')
  await office.getByRole('button', { name: 'Show its pages' }).click()
  await office.locator('.textLayer').getByText('The first of ten thousand pages').waitFor(patience)
  expect(await office.getByRole('button', { name: 'Download', exact: true }).count()).toBe(1)
  expect(await office.getByRole('button', { name: 'Download as PDF' }).count()).toBe(1)
  expect(problems).toEqual([])
})

test('where making its pages takes too long, it says so, and the file can still be had', async () => {
  const slow = { ...converter, convert: () => Promise.reject(new ConversionError('too-slow')) }
  const { office, page } = await openLong({ converter: slow })
  await office.getByRole('button', { name: 'Show its pages' }).click(patience)
  await office.locator('.failure').getByText('takes too long to be made into pages').waitFor(patience)
  const downloading = page.waitForEvent('download')
  await office.getByRole('button', { name: 'Download', exact: true }).click()
  expect(readFileSync(await (await downloading).path()).equals(Buffer.from(tenThousandPages))).toBe(true)
})

test('where nothing makes pages, it says what is to be installed, and the file can be had', async () => {
  const { office, page } = await openLong()
  const sentence = office.locator('.failure')
  await sentence.getByText('more than 5,000 pages').waitFor(patience)
  expect(await sentence.textContent()).toContain('if LibreOffice were installed')
  expect(await office.getByRole('button', { name: 'Show its pages' }).count()).toBe(0)
  const downloading = page.waitForEvent('download')
  await office.getByRole('button', { name: 'Download', exact: true }).click()
  expect(readFileSync(await (await downloading).path()).equals(Buffer.from(tenThousandPages))).toBe(true)
})
