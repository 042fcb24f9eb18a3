import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StoredFile } from '@openwopi/host'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { sharedSteps } from '../../src/documents/word/typed-steps.ts'
import type { StoredDocument } from '../../src/editing/document-store.ts'
import { folderDocuments } from '../../src/editing/folder-documents.ts'
import type { Seat } from '../support/browser.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { painted, typeBehind } from './cursor.ts'
import { features, wordDocument } from './documents.ts'
import { editing, letter, partOf } from './support.ts'

const setup = officeInBrowser()

/** A browser that is so slow that it writes no file. */
const neverWrites = ({ office }: Seat) =>
  office.locator('body').evaluate(() => {
    const { setTimeout } = window
    const slow = (run: () => void, after?: number) => setTimeout(run, after === 600 ? 3_600_000 : after)
    Object.assign(window, { setTimeout: slow })
  })

/** Waits until the office has put so many key strokes on disk. */
async function keptOnDisk(file: StoredFile, count: number): Promise<void> {
  const documents = await folderDocuments(join(setup.dataFolder, 'sessions'), Date.now)
  await until(async () => {
    const stored = await documents.load(setup.host.wopiSrc(file))
    return stored !== undefined && sharedSteps(documentOf(stored)).length === count
  })
}

function documentOf({ state }: StoredDocument): Y.Doc {
  const document = new Y.Doc()
  Y.applyUpdate(document, state)
  return document
}

test('a second person sees what the first one writes, takes over, and goes on', async () => {
  const { host } = setup
  const file = await host.add('Letter.docx', letter)
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  await editing(anna)
  const bob = await setup.sitDown(file, { name: 'Bob Cole' })
  await painted(bob, 'Hello,').waitFor()
  await bob.office.locator('.notice').getByText('Someone else is writing').waitFor()
  await typeBehind(anna, 'Hello,', ' from Anna')
  await painted(bob, 'from Anna').waitFor()
  await bob.office.getByRole('button', { name: 'Write instead' }).click()
  await anna.office.locator('.notice').getByText('Someone else is writing').waitFor()
  await editing(bob)
  await typeBehind(bob, 'from Anna', ' and Bob')
  await painted(anna, 'and Bob').waitFor()
  await until(async () => partOf(await host.bytes(file)).includes('from Anna and Bob'))
  expect(partOf(await host.bytes(file))).toBe(partOf(letter).replace('Hello,', 'Hello, from Anna and Bob'))
  await bob.leave()
  await editing(anna)
  await typeBehind(anna, 'from Anna and Bob', ', again')
  await until(async () => partOf(await host.bytes(file)).includes('Bob, again'))
  await anna.leave()
})

test('a document that someone may only read is shown to them with its comments and suggestions, and not changed', async () => {
  const body = ['a comment', 'tracked changes'].map((name) => features[name]).join('')
  const file = await setup.host.add('Read me.docx', wordDocument(body))
  const reader = await setup.sitDown(file, { canOnlyRead: true })
  await painted(reader, 'worth a comment').waitFor()
  await reader.office.locator('.badge').waitFor()
  await reader.office.getByText('Replaced').click()
  await reader.office.getByText('Is it?').click()
  const cards = reader.office.locator('.docx-unified-sidebar')
  expect(await cards.locator('button:visible, input:visible, textarea:visible').count()).toBe(0)
  await reader.leave()
})

test('whoever follows sees each letter at once, and the cursor of the one who writes, in a page that stays as it is', async () => {
  const file = await setup.host.add('Live.docx', letter)
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  await editing(anna)
  const bob = await setup.sitDown(file, { name: 'Bob Cole' })
  await painted(bob, 'Hello,').waitFor()
  await bob.office.locator('.word').evaluate((shown) => shown.setAttribute('data-first', ''))
  await typeBehind(anna, 'Hello,', ' dear Zebra')
  await painted(bob, 'Hello, dear Zebra').waitFor()
  await bob.office.locator('.word-caret').getByText('Anna Berg').waitFor()
  await anna.page.keyboard.press('Enter')
  await anna.page.keyboard.type('and Lion')
  await painted(bob, 'and Lion').waitFor()
  await until(async () => partOf(await setup.host.bytes(file)).includes('and Lion'))
  expect(await bob.office.locator('.word[data-first]').count()).toBe(1)
  expect([...anna.problems, ...bob.problems]).toEqual([])
  await bob.office.getByRole('button', { name: 'Write instead' }).click()
  await editing(bob)
  await typeBehind(bob, 'and Lion', ' and Bear')
  await until(async () => partOf(await setup.host.bytes(file)).includes('and Lion and Bear'))
  expect(partOf(await setup.host.bytes(file))).toContain('dear Zebra')
  await painted(anna, 'and Lion and Bear').waitFor()
  await anna.leave()
  await bob.leave()
})

test('what somebody has typed is in the file, though their browser ends before it has written it', async () => {
  const file = await setup.host.add('Gone.docx', letter)
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  await editing(anna)
  const bob = await setup.sitDown(file, { name: 'Bob Cole' })
  await painted(bob, 'Hello,').waitFor()
  await neverWrites(anna)
  await typeBehind(anna, 'Hello,', ' last words')
  await painted(bob, 'Hello, last words').waitFor()
  await anna.page.context().close()
  await until(async () => partOf(await setup.host.bytes(file)).includes('Hello, last words'))
  expect(partOf(await setup.host.bytes(file))).toBe(partOf(letter).replace('Hello,', 'Hello, last words'))
  await bob.leave()
})

test('and also when nobody else was there, the office was started again, and it is opened later', async () => {
  const file = await setup.host.add('Alone.docx', letter)
  const anna = await setup.sitDown(file)
  await editing(anna)
  await neverWrites(anna)
  await typeBehind(anna, 'Hello,', ' last words')
  await until(async () => (await anna.state()) === 'Unsaved changes')
  await keptOnDisk(file, ' last words'.length)
  await anna.page.context().close()
  await setup.office.stop()
  await setup.office.startAgain()
  const bob = await setup.sitDown(file)
  await painted(bob, 'Hello, last words').waitFor()
  await until(async () => partOf(await setup.host.bytes(file)).includes('Hello, last words'))
  await bob.leave()
})

test('what is changed beside the text is seen by whoever follows, and kept by whoever writes next', async () => {
  const body = `${features['a comment']}${features['a last word']}`
  const file = await setup.host.add('Beside.docx', wordDocument(body))
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  await editing(anna)
  const bob = await setup.sitDown(file, { name: 'Bob Cole' })
  await painted(bob, 'worth a comment').waitFor()
  await typeBehind(anna, 'last words.', ' zebra')
  await painted(bob, 'last words. zebra').waitFor()
  await anna.office.locator('.layout-page-header').first().dblclick({ force: true })
  await anna.office.locator('.paged-editor--hf-editing').waitFor()
  await anna.page.keyboard.press('End')
  await anna.page.keyboard.type('lion')
  await painted(bob, 'lion').waitFor()
  await bob.office.getByRole('button', { name: 'Write instead' }).click()
  await editing(bob)
  await typeBehind(bob, 'last words. zebra', ' bear')
  await until(async () => partOf(await setup.host.bytes(file)).includes('last words. zebra bear'))
  expect(partOf(await setup.host.bytes(file), 'word/header1.xml')).toContain('lion')
  await anna.leave()
  await bob.leave()
})

test('an answer to a comment is saved', async () => {
  const file = await setup.host.add('Answered.docx', wordDocument(`${features['a comment']}${features['a last word']}`))
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  await editing(anna)
  await anna.office.getByText('Is it?').click()
  await anna.office.getByPlaceholder('Reply').first().click()
  await anna.page.keyboard.type('It is.')
  await anna.page.keyboard.press('Enter')
  await until(async () => partOf(await setup.host.bytes(file), 'word/comments.xml').includes('It is.'))
  expect(partOf(await setup.host.bytes(file), 'word/comments.xml')).toContain('Anna Berg')
  await anna.leave()
})

test('words that are in no file, of a document that has become another one meanwhile, are offered as text', async () => {
  const file = await setup.host.add('Left.docx', letter)
  const anna = await setup.sitDown(file)
  await editing(anna)
  await neverWrites(anna)
  await typeBehind(anna, 'Hello,', ' last words')
  await keptOnDisk(file, ' last words'.length)
  await anna.page.context().close()
  await setup.office.stop()
  await setup.host.change(file, wordDocument(features['a last word'] ?? ''))
  await setup.office.startAgain()
  const bob = await setup.sitDown(file)
  await editing(bob)
  const [text] = await Promise.all([
    bob.page.waitForEvent('download'),
    bob.office.getByRole('button', { name: 'Download as text' }).click(),
  ])
  expect(await readFile(await text.path(), 'utf8')).toBe(' last words')
  await bob.leave()
})
