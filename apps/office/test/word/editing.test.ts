import { expect, test } from 'vitest'
import { comparePackages } from '../../src/documents/package/compare-packages.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { typeBehind } from './cursor.ts'
import { editing, letter, partOf, textByLibreOffice } from './support.ts'

const setup = officeInBrowser()

test('a word typed into a Word document is saved, and not another byte of it changes', async () => {
  const { host } = setup
  const file = await host.add('Letter.docx', letter)
  const anna = await setup.sitDown(file)
  const downloads: unknown[] = []
  anna.page.on('download', (download) => downloads.push(download))
  await editing(anna)
  await typeBehind(anna, 'Hello,', ' dear Zebra')
  await anna.page.keyboard.press('Control+s')
  await until(async () => partOf(await host.bytes(file)).includes('dear Zebra'))
  await until(async () => (await anna.state()).startsWith('Saved at '))
  const after = await host.bytes(file)
  expect(comparePackages(openPackage(letter), openPackage(after))).toEqual([
    { name: 'word/document.xml', is: 'changed' },
  ])
  expect(partOf(after)).toBe(partOf(letter).replace('Hello,', 'Hello, dear Zebra'))
  expect(textByLibreOffice(after) ?? 'Hello, dear Zebra').toContain('Hello, dear Zebra')
  expect(downloads).toEqual([])
  expect(anna.problems).toEqual([])
  const ours = [new URL(setup.office.url).origin, host.origin]
  expect(anna.requests.filter((url) => !/^(blob|data):/.test(url) && !ours.includes(new URL(url).origin))).toEqual([])
  await anna.leave()
  await until(async () => {
    const lock = await host.lockOf(file)
    return !lock || lock.releasedAt !== undefined
  })
})
