import { readFile } from 'node:fs/promises'
import { PDFDocument } from '@cantoo/pdf-lib'
import { expect, test } from 'vitest'
import type { Seat } from '../support/browser.ts'
import { line } from '../support/cut-off.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { applicationForm } from './documents.ts'

const setup = officeInBrowser()

const applicant = ({ office }: Seat) => office.getByLabel('applicant', { exact: true })
const applicantIn = async (bytes: Uint8Array) =>
  (await PDFDocument.load(bytes)).getForm().getTextField('applicant').getText()

test('what someone has filled in while they were cut off, and someone else took over, is not in the form, and is offered to them', async () => {
  const { host } = setup
  const file = await host.add('Form.pdf', await applicationForm())
  const way = line()
  const anna = await setup.sitDown(file, { prepare: way.prepare })
  await applicant(anna).waitFor()
  const bert = await setup.sitDown(file, { name: 'Bert' })
  await bert.office.locator('.notice', { hasText: 'Someone else is writing' }).waitFor()
  await way.cut()
  await until(async () => (await anna.state()) === 'Not connected, trying again')
  await applicant(anna).fill('Ada')
  await bert.office.getByRole('button', { name: 'Write instead' }).click()
  await applicant(bert).fill('Bert')
  await until(async () => (await applicantIn(await host.bytes(file))) === 'Bert')
  way.mend()
  const notice = anna.office.locator('.notice', { hasText: 'The document has moved on without you' })
  await notice.waitFor()
  const downloading = anna.page.waitForEvent('download')
  await notice.getByRole('button', { name: 'Download' }).click()
  expect(await applicantIn(await readFile(await (await downloading).path()))).toBe('Ada')
  expect(await applicantIn(await host.bytes(file))).toBe('Bert')
})
