import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredFile } from '@openwopi/host'
import { expect, test } from 'vitest'
import { openOutline } from '../../src/documents/outline/outline-document.ts'
import { comparePackages } from '../../src/documents/package/compare-packages.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import type { Seat } from '../support/browser.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'

const setup = officeInBrowser()

const samples = join(import.meta.dirname, '../../../../samples')
const slides = new Uint8Array(readFileSync(join(samples, 'Introduction.pptx')))
const minutes = new Uint8Array(readFileSync(join(samples, 'Garden club minutes.odt')))

const paragraphs = ({ office }: Seat) => office.locator('.outline .paragraph')
const textsIn = (bytes: Uint8Array, extension: string) =>
  openOutline(bytes, extension).outline.sections.flatMap((section) => section.paragraphs.map(({ text }) => text))
/** Waits until the host has these words in some paragraph: a save may come while they are still being typed. */
const saved = async (seat: Seat, file: StoredFile, words: string) => {
  await until(async () => {
    const bytes = await setup.host.bytes(file)
    return bytes.length > 0 && textsIn(bytes, 'pptx').some((text) => text.includes(words))
  })
  await until(async () => (await seat.state()).startsWith('Saved at '))
}

/** Puts the cursor into a paragraph that can be written. */
async function goInto(seat: Seat, index: number): Promise<void> {
  await paragraphs(seat).nth(index).and(seat.office.locator('[contenteditable="plaintext-only"]')).click()
  await paragraphs(seat).nth(index).and(seat.office.locator(':focus')).waitFor()
}

async function typeInto(seat: Seat, index: number, text: string): Promise<void> {
  await goInto(seat, index)
  await seat.page.keyboard.press('End')
  await seat.page.keyboard.type(text)
}

test('a word typed on a slide is saved there, and no other part of the presentation changes', async () => {
  const file = await setup.host.add('Introduction.pptx', slides)
  const anna = await setup.sitDown(file)
  await typeInto(anna, 0, ' & welcome')
  await saved(anna, file, ' & welcome')
  const after = await setup.host.bytes(file)
  expect(textsIn(after, 'pptx')[0]).toBe(`${textsIn(slides, 'pptx')[0]} & welcome`)
  expect(textsIn(after, 'pptx').slice(1)).toEqual(textsIn(slides, 'pptx').slice(1))
  expect(comparePackages(openPackage(slides), openPackage(after))).toHaveLength(1)
  expect(anna.problems).toEqual([])
})

test('two people in one text see what the other types, and where', async () => {
  const file = await setup.host.add('Minutes.odt', minutes)
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  const bert = await setup.sitDown(file, { name: 'Bert Claes' })
  await typeInto(anna, 0, ' of Anna')
  await paragraphs(bert).nth(0).filter({ hasText: 'of Anna' }).waitFor()
  await bert.office.locator('.remote-at[data-by="Anna Berg"]').waitFor()
  await typeInto(bert, 1, ' by Bert')
  await paragraphs(anna).nth(1).filter({ hasText: 'by Bert' }).waitFor()
  await until(async () => textsIn(await setup.host.bytes(file), 'odt')[1]?.endsWith(' by Bert'))
  expect(textsIn(await setup.host.bytes(file), 'odt')[0]).toMatch(/ of Anna$/)
  expect(setup.host.calls('lock').filter(({ status }) => status === 200)).toHaveLength(1)
})

test('Enter goes to the next paragraph; whoever may only read types nothing', async () => {
  const file = await setup.host.add('Introduction.pptx', slides)
  const anna = await setup.sitDown(file)
  await goInto(anna, 0)
  await anna.page.keyboard.press('Enter')
  await paragraphs(anna).nth(1).and(anna.office.locator(':focus')).waitFor()
  await anna.page.keyboard.type('xyz')
  await saved(anna, file, 'xyz')
  const after = textsIn(await setup.host.bytes(file), 'pptx')
  expect([after.length, after[0]]).toEqual([textsIn(slides, 'pptx').length, textsIn(slides, 'pptx')[0]])
  expect(after[1]).toContain('xyz')
  await anna.leave()
  const bert = await setup.sitDown(file, { wanted: 'view', canOnlyRead: true })
  await bert.office.locator('.slide').first().waitFor()
  expect(await paragraphs(bert).first().isVisible()).toBe(false)
  await bert.office.getByRole('button', { name: 'Texts beside the slides' }).click()
  await paragraphs(bert).first().waitFor()
  expect(await bert.office.locator('.paragraph[contenteditable="plaintext-only"]').count()).toBe(0)
})

test('a new presentation begins with a title and is a file that can be opened', async () => {
  const file = await setup.host.add('New.pptx', '')
  const anna = await setup.sitDown(file)
  await typeInto(anna, 0, 'My title')
  await saved(anna, file, 'My title')
  expect(textsIn(await setup.host.bytes(file), 'pptx')).toEqual(['My title', ''])
})

test('a presentation that is damaged says so', async () => {
  const file = await setup.host.add('Broken.pptx', 'no package')
  const anna = await setup.sitDown(file)
  await anna.office.getByRole('alert').waitFor()
  expect(await anna.office.getByRole('alert').textContent()).toMatch(/damaged|not a/i)
})
