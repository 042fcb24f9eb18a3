import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { boxOf } from '../support/box-of.ts'
import type { Seat } from '../support/browser.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { presentation } from './presentation.ts'

const setup = officeInBrowser()

const sample = readFileSync(join(import.meta.dirname, '../../../../samples/Introduction.pptx'))
const slide = ({ office }: Seat, number = 0) => office.locator('.slide-frame').nth(number).locator('.slide')
const elsewhere = ({ requests }: Seat) =>
  requests.filter((url) => !/^(data|blob):/.test(url) && new URL(url).hostname !== '127.0.0.1')

const box = (y: number) => `<a:xfrm><a:off x="952500" y="${y * 9525}"/><a:ext cx="3810000" cy="952500"/></a:xfrm>`
const text = (inside: string, y = 0) =>
  `<p:sp><p:nvSpPr><p:cNvPr id="2" name="s"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>${box(y)}</p:spPr><p:txBody><a:bodyPr/><a:p>${inside}</a:p></p:txBody></p:sp>`
const picture = (id: string) =>
  `<p:pic><p:nvPicPr><p:cNvPr id="3" name="p"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="${id}"/></p:blipFill><p:spPr>${box(200)}</p:spPr></p:pic>`

test('a presentation is shown as slides, each as wide as there is room', async () => {
  const file = await setup.host.add('Introduction.pptx', sample)
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await slide(anna).getByText('Documents that stay yours').waitFor()
  const room = anna.office.locator('.slide-frame').first()
  const spare = async (side: 'width' | 'height') => (await boxOf(room))[side] - (await boxOf(slide(anna)))[side]
  await expect.poll(() => spare('width')).toBeCloseTo(0, 0)
  await expect.poll(() => spare('height')).toBeCloseTo(0, 0)
  expect([elsewhere(anna), anna.problems]).toEqual([[], []])
})

test('a word that someone types is seen on the slide, by them and by everyone else', async () => {
  const file = await setup.host.add('Introduction.pptx', sample)
  const anna = await setup.sitDown(file)
  const bert = await setup.sitDown(file, { name: 'Bert Claes' })
  await slide(bert).getByText('Documents that stay yours').waitFor()
  await slide(anna).getByText('Documents that stay yours').click()
  await until(() => anna.office.locator('.slide-paragraph.at').count())
  await anna.page.keyboard.press('End')
  await anna.page.keyboard.type(' & ours')
  for (const seat of [anna, bert]) await slide(seat).getByText('Documents that stay yours & ours').waitFor()
})

test('what a presentation would load from elsewhere is not loaded, and its markup is text', async () => {
  const shapes =
    text('<a:r><a:t>&lt;img src=x onerror=alert(1)&gt;</a:t></a:r>') + picture('inside') + picture('outside')
  const relationships = {
    inside: { target: '../media/p.png' },
    outside: { target: 'http://198.51.100.1/x.png', isOutside: true },
  }
  const file = await setup.host.add('Hostile.pptx', presentation({ shapes, relationships }))
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await slide(anna).getByText('<img src=x onerror=alert(1)>').waitFor()
  expect(await slide(anna).locator('img').count()).toBe(1)
  expect(await slide(anna).getByText('Not drawn here').count()).toBe(1)
  expect([elsewhere(anna), anna.problems]).toEqual([[], []])
})

test('a link on a slide is shown before it is followed', async () => {
  const shapes = text('<a:r><a:rPr><a:hlinkClick r:id="l1"/></a:rPr><a:t>our pages</a:t></a:r>')
  const relationships = { l1: { target: 'https://example.org/pages', isOutside: true } }
  const file = await setup.host.add('Links.pptx', presentation({ shapes, relationships }))
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await slide(anna).getByText('our pages').click()
  await anna.office.locator('dialog').getByText('example.org').first().waitFor()
  expect(elsewhere(anna)).toEqual([])
})

test('slides are printed one to a sheet that is as large as they are', async () => {
  const file = await setup.host.add('Introduction.pptx', sample)
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await slide(anna).waitFor()
  await anna.office.locator('body').evaluate(() => {
    window.print = () => {}
  })
  await anna.office.getByRole('button', { name: 'Print' }).click()
  await anna.office.locator('.print-sheet .printed-slide').first().waitFor({ state: 'attached' })
  const count = await anna.office.locator('.slide-frame').count()
  expect(await anna.office.locator('.print-sheet .printed-slide').count()).toBe(count)
  const style = await anna.office.locator('.print-sheet style').textContent()
  expect(style).toMatch(/^@page \{ size: \d+(\.\d+)?px \d+(\.\d+)?px; margin: 0; \}$/)
  expect(anna.problems).toEqual([])
})
