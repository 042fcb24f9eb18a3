import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { textDocument } from './odt/text-document.ts'
import type { Seat } from './support/browser.ts'
import { officeInBrowser } from './support/in-browser.ts'
import { until } from './support/setup.ts'

const setup = officeInBrowser()

const signed = textDocument('<text:p>Liebe Freunde</text:p>', '', { 'META-INF/documentsignatures.xml': '<x/>' })

/** Buttons and words of the bar that are not seen whole. */
const cutOff = ({ office }: Seat) =>
  office.locator('.bar button, .bar .state, .notice').evaluateAll((all) =>
    all
      .filter((one) => one.getClientRects().length > 0)
      .filter((one) => {
        const { left, right } = one.getBoundingClientRect()
        return left < 0 || right > innerWidth || one.scrollWidth > one.clientWidth + 1
      })
      .map((one) => one.outerHTML),
  )

test.each([
  ['de-DE', 'de', /^Gespeichert um \d\d:\d\d$/, 'Speichern unter'],
  ['zh-CN', 'zh-Hans', /^已于 \d\d:\d\d 保存$/, '另存为'],
])('a page in %s says so, and nothing of it is cut off where it is narrow', async (ui, language, saved, saveAs) => {
  const file = await setup.host.add('plan.md', '# Plan\n')
  const context = { viewport: { width: 360, height: 640 } }
  const anna = await setup.sitDown(file, { ui, context })
  await anna.type('x')
  await until(async () => saved.test(await anna.state()))
  expect(await anna.office.locator('html').getAttribute('lang')).toBe(language)
  await anna.office.getByRole('button', { name: saveAs, exact: true }).click()
  await anna.office.locator('.notice .name-input').waitFor()
  const shots = process.env['OPENWOPI_SHOTS']
  if (shots) await anna.page.screenshot({ path: `${shots}/office-${language}.png` })
  expect(await cutOff(anna)).toEqual([])
  expect(anna.problems).toEqual([])
})

test('words follow one language, and times another', async () => {
  const file = await setup.host.add('plan.txt', 'x')
  const anna = await setup.sitDown(file, { ui: 'de-DE', rs: 'en-US' })
  await anna.type('y')
  await until(async () => /^Gespeichert um \d\d:\d\d\s[AP]M$/.test(await anna.state()))
})

test('a page that stands in for a document speaks the language too', async () => {
  const answer = (address: string, headers: Record<string, string> = {}) =>
    fetch(`${setup.office.url}${address}`, { headers }).then((response) => response.text())
  expect(await answer('/edit?ui=de-CH')).toMatch(/<html lang="de">[\s\S]*Dokumente werden aus Ihren Dateien geöffnet/)
  expect(await answer('/nowhere', { 'Accept-Language': 'fr, zh-CN;q=0.8' })).toMatch(
    /<html lang="zh-Hans">[\s\S]*没有这个页面/,
  )
})

/** Everything that a page says, in what is seen and in what is not. */
const saidBy = ({ office }: Seat) =>
  office.locator('#office').evaluate((root) => {
    const names = [...root.querySelectorAll('[aria-label], [title]')].flatMap((one) => [
      one.ariaLabel,
      one.getAttribute('title'),
    ])
    return [root.textContent, ...names].join(' | ')
  })
const english = /\b(the|this|document|cannot|saved|with|would|your?|slide|page)\b/i

test.each([
  ['signed.odt', () => signed, /digital signiert/],
  ['broken.pptx', () => Buffer.from('no package'), /beschädigt/],
  ['broken.xlsx', () => Buffer.from('PK no package'), /beschädigt/],
  ['broken.docx', () => Buffer.from('no package'), /beschädigt/],
  ['broken.pdf', () => Buffer.from('no paper'), /beschädigt/],
])('in %s, a German page has no English sentence', async (name, content, said) => {
  const anna = await setup.sitDown(await setup.host.add(name, content()), { ui: 'de-DE' })
  await until(async () => said.test(await saidBy(anna)))
  expect((await saidBy(anna)).replace(name, '')).not.toMatch(english)
})

test('the words beside slides and in the bar of a presentation are German, too', async () => {
  const file = await setup.host.add(
    'Vorstellung.pptx',
    readFileSync(join(import.meta.dirname, '../../../samples/Introduction.pptx')),
  )
  const anna = await setup.sitDown(file, { ui: 'de-DE' })
  await anna.office.locator('.slide').first().waitFor()
  const names = await anna.office
    .locator('.bar [aria-label], .outline h2, .outline .hint')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent).join(' | '))
  expect(names).not.toMatch(english)
})
