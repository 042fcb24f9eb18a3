import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib'
import { expect, test } from 'vitest'
import type { Seat } from './support/browser.ts'
import { officeInBrowser } from './support/in-browser.ts'
import { until } from './support/setup.ts'

const setup = officeInBrowser()

const elsewhere = ({ requests }: Seat) =>
  requests.filter((url) => !/^(data|blob):/.test(url) && new URL(url).hostname !== '127.0.0.1')
const dialog = ({ office }: Seat) => office.locator('dialog.link-dialog')

/** Two pages, of which the first has a link to this address and one to the second page. */
async function pdfWithLinks(address: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const [first, second] = [pdf.addPage([300, 1500]), pdf.addPage([300, 1500])]
  const link = (rect: readonly number[], rest: object) =>
    pdf.context.register(
      pdf.context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [...rect], Border: [0, 0, 0], ...rest }),
    )
  const out = link([20, 1450, 120, 1480], { A: { Type: 'Action', S: 'URI', URI: PDFString.of(address) } })
  const within = link([20, 1350, 120, 1380], { Dest: [second.ref, PDFName.of('Fit')] })
  first.node.set(PDFName.of('Annots'), pdf.context.obj([out, within]))
  return pdf.save()
}

test('a link in a PDF is shown before it is followed; one within the document goes there', async () => {
  const file = await setup.host.add('links.pdf', await pdfWithLinks('https://example.org/where'))
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await anna.office.locator('.page-link').first().click()
  await dialog(anna).getByText('example.org').first().waitFor()
  await dialog(anna).getByRole('button', { name: 'Cancel' }).click()
  await anna.office.locator('.page-link').nth(1).click()
  await until(async () => (await anna.office.locator('.reading').first().textContent()) === '2 / 2')
  expect([elsewhere(anna), anna.problems]).toEqual([[], []])
})

test('a link in a PDF that would run a script is not followed', async () => {
  const file = await setup.host.add('trap.pdf', await pdfWithLinks('javascript:alert(1)'))
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await anna.office.locator('.page-link').first().click()
  await dialog(anna).waitFor()
  expect(await dialog(anna).getByRole('link').count()).toBe(0)
  expect(anna.problems).toEqual([])
})

test('a link in the preview of Markdown is shown before it is followed', async () => {
  const file = await setup.host.add('page.md', 'See [our pages](https://example.org/pages).\n')
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await anna.office.locator('.preview-pane').getByText('our pages').click()
  await dialog(anna).getByText('example.org').first().waitFor()
  const [opened] = await Promise.all([anna.page.context().waitForEvent('page'), dialog(anna).getByRole('link').click()])
  expect(
    opened.url() === 'about:blank' ||
      opened.url().startsWith('https://example.org/') ||
      opened.url().startsWith('chrome-error:'),
  ).toBe(true)
})
