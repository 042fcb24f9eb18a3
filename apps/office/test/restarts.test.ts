import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Storage } from '@openwopi/host'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { textName } from '../src/documents/text/text-format.ts'
import { hashOf } from '../src/editing/document-store.ts'
import { readSteps, withSteps } from '../src/editing/steps.ts'
import { readDocument } from '../src/editing/stored-document.ts'
import { readIfThere } from '../src/read-if-there.ts'
import { officeInBrowser } from './support/in-browser.ts'
import { until } from './support/setup.ts'

const setup = officeInBrowser()

test('a host that goes away in mid-edit gets everything when it is back', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'before\n')
  const anna = await setup.sitDown(file)
  await anna.type('one ')
  await until(async () => (await host.text(file)) === 'before\none ')
  await host.goAway()
  await anna.type('two ')
  await until(async () => (await anna.state()) === 'Not saved yet, trying again')
  await anna.type('three')
  await host.comeBack()
  await until(async () => (await host.text(file)) === 'before\none two three')
  await until(async () => (await anna.state()).startsWith('Saved at '))
  expect(anna.problems).toEqual([])
})

test('an office that is started again in mid-edit goes on where it was', async () => {
  const { host, office } = setup
  const file = await host.add('notes.txt', 'before\n')
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  const bert = await setup.sitDown(file, { name: 'Bert Cole' })
  await anna.type('one ')
  await until(async () => (await bert.text()).includes('one'))
  await office.stop()
  await until(async () => (await anna.state()) === 'Not connected, trying again')
  await anna.type('two ')
  await office.startAgain()
  await until(async () => (await bert.text()).includes('one two'))
  await bert.type('three')
  await until(async () => (await host.text(file)) === 'before\none two three')
  expect(await anna.text()).toBe('before\none two three')
})

test('an office and a host that go down together lose no key stroke', async () => {
  const { host, office } = setup
  const file = await host.add('notes.txt', 'before\n')
  const anna = await setup.sitDown(file)
  await anna.office.locator('.cm-content').waitFor()
  await host.goAway()
  await anna.type('one ')
  await until(async () => (await anna.state()) === 'Not saved yet, trying again')
  await Promise.all([office.stop(), anna.type('two ')])
  await anna.type('three')
  await office.startAgain()
  await host.comeBack()
  await until(async () => (await host.text(file)) === 'before\none two three')
  expect(await anna.text()).toBe('before\none two three')
})

test('an office that is stopped while somebody leaves is done when the host has what they typed', async () => {
  await setup.startAnew({ autosaveAfter: 3_600_000 })
  const { host, office } = setup
  const file = await host.add('notes.txt', 'one')
  const anna = await setup.sitDown(file)
  await anna.type(' two')
  await until(async () => (await anna.state()) === 'Unsaved changes')
  const asked = takeTimeToWrite(host.storage)
  await anna.leave()
  await asked
  await office.stop()
  expect(await host.text(file)).toBe('one two')
  const lock = await host.lockOf(file)
  expect(!lock || lock.releasedAt !== undefined).toBe(true)
  await office.startAgain()
})

/** Makes each write take a while. Resolves when the first one has been asked for. */
function takeTimeToWrite(storage: Storage): Promise<void> {
  const { write } = storage
  return new Promise((asked) => {
    const slow: typeof write = async (...what) => {
      asked()
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      return write(...what)
    }
    Object.assign(storage, { write: slow })
  })
}

test('changes left behind that fit no more are offered to the next who edits', async () => {
  const { host, office } = setup
  const file = await host.add('notes.txt', 'before')
  const anna = await setup.sitDown(file)
  await anna.office.locator('.cm-content').waitFor()
  await host.goAway()
  await anna.type(' and after')
  await until(async () => (await anna.state()) === 'Not saved yet, trying again')
  await office.stop()
  await anna.page.context().close()
  await host.comeBack()
  await host.change(file, 'changed by another program')
  await office.startAgain()
  const bert = await setup.sitDown(file, { name: 'Bert Cole' })
  await bert.office.locator('.notice.warning').waitFor()
  expect(await bert.text()).toBe('changed by another program')
  await bert.office.getByRole('button', { name: 'Save as a copy' }).click()
  await bert.office.getByText('Saved as').waitFor()
  const copy = await host.storage.child('root', 'notes (copy).txt')
  expect(copy && (await host.text(copy))).toBe('before and after')
})

test('when the file has changed while a page was cut off, its text is kept and offered', async () => {
  const { host, office } = setup
  const file = await host.add('notes.txt', 'before')
  const anna = await setup.sitDown(file)
  await anna.office.locator('.cm-content').waitFor()
  await office.stop()
  await until(async () => (await anna.state()) === 'Not connected, trying again')
  await anna.type(' and after')
  await host.change(file, 'changed by another program')
  await office.startAgain()
  await anna.office.locator('.notice.warning').waitFor()
  expect(await anna.text()).toBe('changed by another program')
  await anna.office.getByRole('button', { name: 'Save as a copy' }).click()
  await anna.office.getByText('Saved as').waitFor()
  const copy = await host.storage.child('root', 'notes (copy).txt')
  expect(copy && (await host.text(copy))).toBe('before and after')
})

test('an ended token closes the document and says what to do, and the text has been saved', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'before')
  const anna = await setup.sitDown(file, { lifetime: 10 * 60_000 })
  await anna.type(' and after')
  await until(async () => (await host.text(file)) === 'before and after')
  setup.skip(10 * 60_000)
  await anna.office.locator('.notice', { hasText: 'Open it again from your files to go on' }).first().waitFor()
  await until(async () => (await anna.heard()).some(({ MessageId }) => MessageId === 'App_TokenExpired'))
  expect(await anna.text()).toBe('before and after')
})

test('what was typed half a second before a crash is there when the document is opened again', async () => {
  const { host, office, dataFolder } = setup
  const file = await host.add('notes.txt', 'before')
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  await anna.office.locator('.cm-content').waitFor()
  await host.goAway()
  await anna.type(' and after')
  await until(async () => (await kept(dataFolder, host.wopiSrc(file))).endsWith(' and after'))
  const asItCrashed = `${dataFolder}-crashed`
  await cp(dataFolder, asItCrashed, { recursive: true })
  await anna.page.context().close()
  await office.stop()
  await host.comeBack()
  await office.startAgain(asItCrashed)
  const bert = await setup.sitDown(file, { name: 'Bert Cole' })
  await until(async () => (await bert.text()) === 'before and after')
  await until(async () => (await host.text(file)) === 'before and after')
  await expect.poll(() => host.calls('putFile').at(-1)?.save?.editors).toEqual(['annaberg'])
})

/** What the disk holds of the text of a file that is open. */
async function kept(dataFolder: string, wopiSrc: string): Promise<string> {
  const path = join(dataFolder, 'sessions', hashOf(wopiSrc))
  const [whole, added] = await Promise.all([readIfThere(`${path}.document`), readIfThere(`${path}.steps`)])
  const document = new Y.Doc()
  if (whole) Y.applyUpdate(document, withSteps(readDocument(whole), added ? readSteps(added) : []).state)
  return document.getText(textName).toString()
}
