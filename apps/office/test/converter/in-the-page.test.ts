import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { libreOffice } from '../../src/converter/libre-office.ts'
import type { Seat } from '../support/browser.ts'
import { inBrowser } from '../support/in-browser.ts'
import { type Setup, setUp, until } from '../support/setup.ts'
import { paragraph, run, wordDocument } from '../word/documents.ts'

const { sitDown } = inBrowser()

const sample = readFileSync(join(import.meta.dirname, '../../../../samples/Introduction.pptx'))
const questions = join(import.meta.dirname, '../../../../samples/Questions.pdf')

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-progress-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A converter that makes the same PDF of everything, as long as `gate` is there; and says in a file what it was given. */
async function withConverter(options: { time?: number } = {}): Promise<{ setup: Setup; gate: string; given: string }> {
  const folder = newFolder()
  const [program, gate, given] = ['soffice', 'gate', 'given'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const wait = `until [ -e ${gate} ]; do sleep 0.02; done`
  const script = `for last; do :; done; ${wait}; cp "$last" ${given}; cp ${questions} "\${last%/*}/output/document.pdf"`
  writeFileSync(program, `#!/bin/sh\n${script}\n`)
  chmodSync(program, 0o755)
  const converter = await libreOffice({ program, folder: join(folder, 'work'), ...options })
  const setup = await setUp({ converter })
  onTestFinished(async () => {
    await setup.close()
    await converter.close()
  })
  return { setup, gate, given }
}

const notice = ({ office }: Seat) => office.locator('.notice')

/** What a person has after a click on a button. */
async function savedBy({ page, office }: Seat, name: string): Promise<{ name: string; text: string }> {
  const button = office.getByRole('button', { name, exact: true })
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'latin1') }
}

const asPdf = ({ office }: Seat) => office.getByRole('button', { name: 'Download as PDF' })

test('a presentation is downloaded as a PDF, with what was typed last', async () => {
  const { setup, gate, given } = await withConverter()
  writeFileSync(gate, '')
  const file = await setup.host.add('Introduction.pptx', sample)
  const anna = await sitDown(setup, file)
  await anna.office.locator('.outline .paragraph').first().click()
  await anna.page.keyboard.press('End')
  await anna.page.keyboard.type(' & ours')
  const [download] = await Promise.all([anna.page.waitForEvent('download'), asPdf(anna).click()])
  expect(download.suggestedFilename()).toBe('Introduction.pptx.pdf')
  expect(readFileSync(await download.path()).equals(readFileSync(questions))).toBe(true)
  expect(readFileSync(given).equals(await setup.host.bytes(file))).toBe(true)
  expect(readFileSync(given).equals(sample)).toBe(false)
  expect(anna.problems).toEqual([])
})

test('a Word document has a PDF too; a text, and a page without a converter, have none', async () => {
  const { setup } = await withConverter()
  const word = await setup.host.add('letter.docx', wordDocument(paragraph(run('Dear friends'))))
  const anna = await sitDown(setup, word, { wanted: 'view' })
  await asPdf(anna).waitFor()
  const bert = await sitDown(setup, await setup.host.add('notes.txt', 'x'))
  await bert.office.locator('.cm-content').waitFor()
  expect(await asPdf(bert).count()).toBe(0)
  const without = await setUp()
  onTestFinished(() => without.close())
  const clara = await sitDown(without, await without.host.add('Introduction.pptx', sample))
  await clara.office.locator('.outline .paragraph').first().waitFor()
  expect(await asPdf(clara).count()).toBe(0)
})

test('who waits sees how many are before, may give up, and may try again', async () => {
  const { setup, gate } = await withConverter()
  const [first, second] = await Promise.all(['a.doc', 'b.doc'].map((name) => setup.host.add(name, 'old')))
  if (!first || !second) throw new Error('no files')
  const anna = await sitDown(setup, first, { wanted: 'view' })
  await notice(anna).getByText('Making pages of the document').waitFor()
  const bert = await sitDown(setup, second, { wanted: 'view' })
  await notice(bert).getByText('one document is before yours').waitFor()
  await anna.office.getByRole('button', { name: 'Cancel' }).click()
  await anna.office.getByRole('alert').getByText('Stopped, as you asked.').waitFor()
  await notice(bert).getByText('Making pages of the document').waitFor()
  writeFileSync(gate, '')
  await bert.office.locator('.sheet').first().waitFor()
  await anna.office.getByRole('button', { name: 'Try again' }).click()
  await anna.office.locator('.sheet').first().waitFor()
  for (const seat of [anna, bert]) expect([await notice(seat).count(), seat.problems]).toEqual([0, []])
})

test('a page that is left ends the conversion that it waits for', async () => {
  const { setup, gate, given } = await withConverter()
  const file = await setup.host.add('a.doc', 'old')
  const anna = await sitDown(setup, file, { wanted: 'view' })
  await notice(anna).getByText('Making pages of the document').waitFor()
  await anna.leave()
  const bert = await sitDown(setup, file, { name: 'Bert Claes', wanted: 'view' })
  await until(async () => (await notice(bert).textContent())?.includes('Making pages'))
  expect(existsSync(given)).toBe(false)
  writeFileSync(gate, '')
  await bert.office.locator('.sheet').first().waitFor()
})

test('a document that takes too long to be made into pages says so, and is downloaded as it is', async () => {
  const { setup } = await withConverter({ time: 300 })
  const anna = await sitDown(setup, await setup.host.add('long.doc', 'ten thousand pages'), { wanted: 'view' })
  await anna.office.getByRole('alert').getByText('takes too long to be made into pages. You can download it.').waitFor()
  await anna.office.getByRole('button', { name: 'Try again' }).waitFor()
  expect(await savedBy(anna, 'Download')).toEqual({ name: 'long.doc', text: 'ten thousand pages' })
  expect(anna.problems).toEqual([])
})

test('of a document that is shown as pages, both the file and the pages are downloaded', async () => {
  const { setup, gate } = await withConverter()
  writeFileSync(gate, '')
  const anna = await sitDown(setup, await setup.host.add('a.doc', 'old'), { wanted: 'view' })
  await anna.office.locator('.sheet').first().waitFor()
  expect(await savedBy(anna, 'Download')).toEqual({ name: 'a.doc', text: 'old' })
  const pages = readFileSync(questions, 'latin1')
  expect(await savedBy(anna, 'Download as PDF')).toEqual({ name: 'a.doc.pdf', text: pages })
})

test('without a converter, a document that needs one is answered with what to install', async () => {
  const setup = await setUp()
  onTestFinished(() => setup.close())
  const file = await setup.host.add('old.doc', 'x')
  const wopiSrc = encodeURIComponent(setup.host.wopiSrc(file))
  const answer = await fetch(`${setup.office.url}/view?WOPISrc=${wopiSrc}&ui=de-DE`, {
    method: 'POST',
    body: new URLSearchParams({ access_token: setup.host.token(file) }),
  })
  expect([answer.status, await answer.text()]).toEqual([415, expect.stringContaining('LibreOffice')])
})
