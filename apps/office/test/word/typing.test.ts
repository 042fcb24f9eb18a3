import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { launch, sitDown } from '../support/browser.ts'
import { buildPages } from '../support/built-pages.ts'
import { type Setup, setUp, until } from '../support/setup.ts'
import { features, paragraph, run, wordDocument } from './documents.ts'
import { editing, painted, partOf, typeBehind } from './support.ts'

vi.setConfig({ testTimeout: 90_000 })

let browser: Browser
let setup: Setup

beforeAll(async () => {
  await buildPages()
  browser = await launch()
  setup = await setUp()
})
afterAll(async () => {
  await browser.close()
  await setup.close()
})

const passages: Readonly<Record<string, string>> = {
  'a comment': 'worth a comment',
  'a link': 'this page',
  'tracked changes': 'rather',
  'formatted runs': 'spaced out',
  'a content control': 'reader',
}

test.each(Object.keys(passages))(
  'what is typed in the middle of %s becomes part of it, and it stays what it is',
  async (name) => {
    const passage = passages[name] ?? ''
    const before = wordDocument(Object.values({ [name]: features[name], end: features['a last word'] }).join(''))
    const file = await setup.host.add(`${name}.docx`, before)
    const anna = await sitDown(browser, setup, file)
    await editing(anna)
    const box = await until(async () => (await painted(anna, passage).boundingBox()) ?? undefined)
    await anna.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await anna.page.keyboard.type('Zebra')
    await anna.page.keyboard.press('Control+s')
    await until(async () => partOf(await setup.host.bytes(file)).includes('Zebra'))
    const after = partOf(await setup.host.bytes(file))
    expect(after.replace('Zebra', '').replaceAll(' xml:space="preserve"', '')).toBe(
      partOf(before).replaceAll(' xml:space="preserve"', ''),
    )
    await anna.leave()
  },
)

test('what is typed behind the number of a footnote stands behind it, and is no part of it', async () => {
  const note = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
  const before = wordDocument(paragraph(`${run('A claim')}${note}`))
  const file = await setup.host.add('claim.docx', before)
  const anna = await sitDown(browser, setup, file)
  await editing(anna)
  await typeBehind(anna, 'A claim', 'Zebra')
  await anna.page.keyboard.press('Control+s')
  await until(async () => partOf(await setup.host.bytes(file)).includes('Zebra'))
  expect(partOf(await setup.host.bytes(file))).toMatch(/A claim<.*<w:footnoteReference w:id="2"\/><\/w:r><w:r>.*Zebra</)
  await anna.leave()
})
