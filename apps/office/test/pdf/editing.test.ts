import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib'
import { readDiscovery } from '@openwopi/protocol'
import { expect, test } from 'vitest'
import { boxOf } from '../support/box-of.ts'
import type { Seat } from '../support/browser.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { smallPdf } from '../support/small-pdf.ts'
import { applicationForm, encryptedPdf, signed, turned, withScripts } from './documents.ts'

const setup = officeInBrowser()

const applicant = ({ office }: Seat) => office.getByLabel('applicant', { exact: true })
const isSaved = async (seat: Seat) => (await seat.state()).startsWith('Saved at ')

/** What is noted on the pages of a PDF, as another program reads it. */
async function notesIn(bytes: Uint8Array): Promise<readonly string[]> {
  const pdf = await PDFDocument.load(bytes)
  return pdf.getPages().flatMap((page) =>
    (page.node.Annots()?.asArray() ?? []).flatMap((ref) => {
      const annotation = pdf.context.lookup(ref, PDFDict)
      const kind = annotation.lookup(PDFName.of('Subtype'), PDFName).decodeText()
      const text = annotation.lookup(PDFName.of('Contents'))
      const isText = text instanceof PDFString || text instanceof PDFHexString
      return kind === 'Widget' ? [] : [isText ? `${kind}: ${text.decodeText()}` : kind]
    }),
  )
}

/** The text of a PDF, as Poppler shows it. */
function textByPoppler(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'pdf-'))
  try {
    writeFileSync(join(folder, 'form.pdf'), bytes)
    return execFileSync('pdftotext', ['-layout', join(folder, 'form.pdf'), '-']).toString()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Adds a note that can be typed into. */
async function addNote({ office }: Seat): Promise<void> {
  await office.getByRole('button', { name: 'Add a note' }).click()
  await office
    .locator(':focus')
    .and(office.getByLabel('Note', { exact: true }))
    .waitFor()
}

test.each([false, true])(
  'a form is filled, a note is added, and every byte of the file stays where it was (in streams: %s)',
  async (isCompressed) => {
    const { host } = setup
    const form = await applicationForm({ isCompressed })
    const file = await host.add('Form.pdf', form)
    const anna = await setup.sitDown(file)
    await applicant(anna).fill('Ada Lövelace')
    await anna.office.getByLabel('agreed', { exact: true }).check()
    await anna.office.getByLabel('delivery', { exact: true }).nth(1).check()
    await anna.office.getByLabel('country', { exact: true }).selectOption('Finland')
    await addNote(anna)
    await anna.page.keyboard.type('Please call me')
    await anna.page.keyboard.press('Enter')
    await anna.page.keyboard.type('after lunch')
    await anna.office.getByLabel('Stamp', { exact: true }).first().selectOption('PAID')
    await anna.office.getByRole('button', { name: 'Put this stamp' }).click()
    await anna.office.getByRole('button', { name: 'Close' }).click()
    await until(async () => (await host.bytes(file)).length > form.length)
    await anna.leave()
    await until(async () => {
      const lock = await host.lockOf(file)
      return !lock || lock.releasedAt !== undefined
    })
    const after = await host.bytes(file)
    expect(after.subarray(0, form.length).equals(form)).toBe(true)
    const read = (await PDFDocument.load(after)).getForm()
    expect({
      applicant: read.getTextField('applicant').getText(),
      agreed: read.getCheckBox('agreed').isChecked(),
      delivery: read.getRadioGroup('delivery').getSelected(),
      country: read.getDropdown('country').getSelected(),
    }).toEqual({ applicant: 'Ada Lövelace', agreed: true, delivery: 'desk', country: ['Finland'] })
    expect(await notesIn(after)).toEqual(['FreeText: Please call me\nafter lunch', 'FreeText: PAID'])
    if (existsSync('/usr/bin/pdftotext')) {
      const text = textByPoppler(after)
      for (const words of ['Ada Lövelace', 'Please call me', 'after lunch', 'PAID']) expect(text).toContain(words)
    }
    const ours = [new URL(setup.office.url).origin, host.origin]
    expect(
      anna.requests.filter((url) => !/^(blob|data|about):/.test(url) && !ours.includes(new URL(url).origin)),
    ).toEqual([])
    expect(anna.problems).toEqual([])
  },
)

test('selected text is highlighted, and what was put on a page is moved by keys and removed', async () => {
  const { host } = setup
  const paper = smallPdf(['Remember these words'])
  const file = await host.add('paper.pdf', paper)
  const anna = await setup.sitDown(file)
  const line = anna.office.locator('.textLayer span', { hasText: 'Remember these words' })
  await line.waitFor()
  const mark = anna.office.getByRole('button', { name: 'Highlight the selected text' })
  await mark.click()
  await anna.office.getByText('Select some text on the page first').waitFor()
  await line.evaluate((span) => getSelection()?.selectAllChildren(span))
  await mark.click()
  await until(async () => (await notesIn(await host.bytes(file))).join() === 'Highlight')
  await addNote(anna)
  await anna.page.keyboard.type('Why?')
  await until(async () => (await notesIn(await host.bytes(file))).includes('FreeText: Why?'))
  const note = anna.office.getByRole('group', { name: 'Note on page 1' })
  const before = await boxOf(note)
  await note.getByRole('button', { name: 'Move:' }).press('ArrowRight')
  await expect.poll(async () => (await boxOf(note)).x).toBeGreaterThan(before.x)
  await anna.office
    .getByRole('group', { name: 'Highlight on page 1: Remember these words' })
    .getByRole('button', { name: 'Remove' })
    .press('Enter')
  await until(async () => (await notesIn(await host.bytes(file))).join() === 'FreeText: Why?')
  await note.getByRole('button', { name: 'Remove' }).press('Enter')
  await until(async () => (await host.bytes(file)).equals(paper))
  expect(anna.problems).toEqual([])
})

test('a note that is added before its page is drawn is not lost, and goes on being typed when it is', async () => {
  const { host } = setup
  const file = await host.add('long.pdf', smallPdf(Array.from({ length: 12 }, (_, index) => `Page ${index + 1}`)))
  const anna = await setup.sitDown(file)
  await anna.office.locator('.textLayer').getByText('Page 1', { exact: true }).waitFor()
  const { release } = await holdDrawing(anna)
  await anna.office.locator('.sheet').last().scrollIntoViewIfNeeded()
  await anna.office.getByRole('button', { name: 'Add a note' }).click()
  await anna.page.keyboard.type('Wh')
  expect(await anna.office.locator('.sheet').last().locator('canvas').count()).toBe(0)
  await release()
  await anna.office.locator('.textLayer').getByText('Page 12').waitFor()
  await anna.page.keyboard.type('y?')
  await until(async () => (await notesIn(await host.bytes(file))).join() === 'FreeText: Why?')
  expect(await anna.office.getByRole('group', { name: 'Note on page 12' }).count()).toBe(1)
})

/** Lets no page be drawn any more until it is released. */
async function holdDrawing({ office }: Seat): Promise<{ release(): Promise<void> }> {
  const body = office.locator('body')
  await body.evaluate(() => {
    const held: FrameRequestCallback[] = []
    const draw = window.requestAnimationFrame
    window.requestAnimationFrame = (callback) => held.push(callback)
    window.addEventListener('release', () => {
      window.requestAnimationFrame = draw
      for (const callback of held) draw(callback)
    })
  })
  return { release: () => body.evaluate(() => void window.dispatchEvent(new Event('release'))) }
}

test('who opens a form that someone fills sees what is filled, and may take over', async () => {
  const { host } = setup
  const file = await host.add('Form.pdf', await applicationForm())
  const anna = await setup.sitDown(file)
  await applicant(anna).fill('Ada')
  const bert = await setup.sitDown(file, { name: 'Bert' })
  await bert.office.locator('.notice', { hasText: 'Someone else is writing' }).waitFor()
  await bert.office.locator('.sheet canvas').first().waitFor()
  expect(await bert.office.getByRole('button', { name: 'Add a note' }).count()).toBe(0)
  await until(() => isSaved(anna))
  await bert.office.getByRole('button', { name: 'Write instead' }).click()
  await until(
    async () =>
      (await applicant(bert)
        .inputValue()
        .catch(() => '')) === 'Ada',
  )
  await applicant(bert).fill('Bert')
  await until(
    async () =>
      (await PDFDocument.load(await host.bytes(file))).getForm().getTextField('applicant').getText() === 'Bert',
  )
  // Fields that cannot be filled are part of the drawing.
  await until(async () => (await anna.office.locator('.annotationLayer').count()) === 0)
  expect([...anna.problems, ...bert.problems]).toEqual([])
})

test('what was typed is there again after the office has crashed', async () => {
  const { host, office } = setup
  const form = await applicationForm()
  const file = await host.add('Form.pdf', form)
  const anna = await setup.sitDown(file)
  await applicant(anna).fill('Ada')
  await until(() => isSaved(anna))
  await office.stop()
  await office.startAgain()
  await until(async () => !(await anna.state()).startsWith('Not connected'))
  await anna.office.getByLabel('agreed', { exact: true }).check()
  const read = async () => (await PDFDocument.load(await host.bytes(file))).getForm()
  await until(async () => (await read()).getCheckBox('agreed').isChecked())
  expect((await read()).getTextField('applicant').getText()).toBe('Ada')
  expect((await host.bytes(file)).subarray(0, form.length).equals(form)).toBe(true)
})

test('what was filled in a PDF that has become another one is offered in words', async () => {
  const { host, office } = setup
  const file = await host.add('Form.pdf', await applicationForm())
  const anna = await setup.sitDown(file)
  await applicant(anna).waitFor()
  await host.goAway()
  await applicant(anna).fill('Ada')
  await addNote(anna)
  await anna.page.keyboard.type('你好')
  await until(async () => (await anna.state()) === 'Not saved yet, trying again')
  await office.stop()
  await anna.page.context().close()
  await host.comeBack()
  await host.change(file, smallPdf(['Another paper']).toString('latin1'))
  await office.startAgain()
  const bert = await setup.sitDown(file, { name: 'Bert' })
  const notice = bert.office.locator('.notice', { hasText: 'Unsaved changes of' })
  const [saved] = await Promise.all([
    bert.page.waitForEvent('download'),
    notice.getByRole('button', { name: 'Download as text' }).click(),
  ])
  expect(readFileSync(await saved.path(), 'utf8')).toBe('applicant: Ada\n你好')
  await notice.getByRole('button', { name: 'Discard' }).click()
  await until(async () => (await notice.count()) === 0)
})

test('letters of every language are kept, and what is typed is still there after scrolling far away', async () => {
  const { host } = setup
  const many = (pdf: PDFDocument) => {
    for (let page = 0; page < 12; page++) pdf.addPage([600, 800])
  }
  const file = await host.add('Form.pdf', await applicationForm({ change: many }))
  const anna = await setup.sitDown(file)
  await applicant(anna).fill('李小龍')
  await addNote(anna)
  await anna.page.keyboard.type('Привет')
  await anna.office.locator('.sheet').last().scrollIntoViewIfNeeded()
  await until(async () => (await applicant(anna).count()) === 0)
  await anna.office.locator('.sheet').first().scrollIntoViewIfNeeded()
  await until(async () => (await applicant(anna).inputValue()) === '李小龍')
  await expect.poll(() => anna.office.getByLabel('Note', { exact: true }).inputValue()).toBe('Привет')
  await until(async () => (await notesIn(await host.bytes(file))).includes('FreeText: Привет'))
  const read = (await PDFDocument.load(await host.bytes(file))).getForm()
  expect(read.getTextField('applicant').getText()).toBe('李小龍')
  expect(anna.problems).toEqual([])
})

test('who only reads a PDF changes nothing, and takes no lock', async () => {
  const { host } = setup
  const form = await applicationForm()
  const file = await host.add('Form.pdf', form)
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await anna.office.locator('.textLayer span', { hasText: 'Application' }).waitFor()
  expect(await anna.office.locator('.annotationLayer').count()).toBe(0)
  expect(await anna.office.getByRole('button', { name: 'Add a note' }).count()).toBe(0)
  const bert = await setup.sitDown(file, { name: 'Bert', canOnlyRead: true })
  await bert.office.locator('.textLayer span', { hasText: 'Application' }).waitFor()
  expect(await bert.office.getByRole('button', { name: 'Add a note' }).count()).toBe(0)
  expect(host.calls('lock')).toEqual([])
  expect(host.calls('putFile')).toEqual([])
  expect((await host.bytes(file)).equals(form)).toBe(true)
})

test('a PDF that would be harmed by a change is shown, and says why it is not changed', async () => {
  const { host } = setup
  const anna = await setup.sitDown(await host.add('Signed.pdf', await applicationForm({ change: signed })))
  await anna.office.locator('.textLayer span', { hasText: 'Application' }).waitFor()
  await anna.office.getByRole('button', { name: 'Read-only' }).click()
  await anna.office.getByText('a change would break the signature').waitFor()
  const bert = await setup.sitDown(await host.add('Secret.pdf', encryptedPdf()))
  await bert.office.getByText('It may be damaged or protected by a password').waitFor()
  const eva = await setup.sitDown(await host.add('Broken.pdf', 'no paper'))
  await eva.office.getByText('This document is damaged').waitFor()
  expect(host.calls('lock')).toEqual([])
})

test('no script of a PDF runs, and a turned page is written on as it is seen', async () => {
  const { host } = setup
  const change = (pdf: PDFDocument) => {
    withScripts(pdf)
    turned(pdf)
  }
  const file = await host.add('Form.pdf', await applicationForm({ change }))
  const anna = await setup.sitDown(file)
  await applicant(anna).fill('Ada')
  await addNote(anna)
  await anna.page.keyboard.type('Upright')
  await until(async () => (await notesIn(await host.bytes(file))).includes('FreeText: Upright'))
  const pdf = await PDFDocument.load(await host.bytes(file))
  expect(pdf.getForm().getTextField('applicant').getText()).toBe('Ada')
  const line = anna.office.locator('.textLayer span', { hasText: 'Application' })
  // Turned by a quarter to the right, what stands at the top of the page is seen at its right edge.
  const [seen, sheet] = [await boxOf(line), await boxOf(anna.office.locator('.sheet').first())]
  expect((seen.x - sheet.x) / sheet.width).toBeCloseTo(740 / 800, 1)
  const annotations = pdf.getPages()[0]?.node.Annots() ?? PDFArray.withContext(pdf.context)
  const note = annotations
    .asArray()
    .map((ref) => pdf.context.lookup(ref, PDFDict))
    .find((one) => one.has(PDFName.of('Rotate')))
  expect(String(note?.get(PDFName.of('Rotate')))).toBe('90')
  expect(anna.problems).toEqual([])
})

test('a host is told that PDFs are read first, and that they are changed under a lock', async () => {
  const discovery = readDiscovery(await (await fetch(`${setup.office.url}/hosting/discovery`)).text())
  const actions = discovery.zones
    .flatMap(({ apps }) => apps.flatMap((app) => app.actions))
    .filter(({ ext }) => ext === 'pdf')
  expect(actions.map(({ name, default: isDefault, requires }) => [name, isDefault, requires])).toEqual([
    ['view', true, []],
    ['embedview', false, []],
    ['interactivepreview', false, []],
    ['mobileView', false, []],
    ['edit', false, ['locks', 'update']],
    ['mobileEdit', false, ['locks', 'update']],
  ])
})
