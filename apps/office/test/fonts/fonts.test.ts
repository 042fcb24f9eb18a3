import { expect, test } from 'vitest'
import { smallWorkbook } from '../sheet/small-workbook.ts'
import type { Seat } from '../support/browser.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { paragraph, run, wordDocument } from '../word/documents.ts'

const setup = officeInBrowser()

const fontsOf = ({ requests }: Seat) => requests.filter((url) => /\.(woff2?|ttf)$/.test(url))
const eastAsian = (seat: Seat) => fontsOf(seat).filter((url) => /noto-sans-(sc|tc|jp|kr)/.test(url))
const elsewhere = ({ requests }: Seat) =>
  requests.filter((url) => !/^(data|blob):/.test(url) && new URL(url).hostname !== '127.0.0.1')
const fonts = (name: string) => `<w:rFonts w:ascii="${name}" w:hAnsi="${name}" w:eastAsia="${name}"/>`

async function open(name: string, content: string | Uint8Array, ready: string): Promise<Seat> {
  const seat = await setup.sitDown(await setup.host.add(name, content), { wanted: 'view' })
  await seat.office.getByText(ready).first().waitFor()
  return seat
}

test('a Chinese document gets the characters that it needs from here, and a Latin one asks for none of them', async () => {
  const latin = await open(
    'letter.docx',
    wordDocument(paragraph(run('Dear garden friends', fonts('Calibri')))),
    'Dear garden',
  )
  const chinese = await open('信.docx', wordDocument(paragraph(run('亲爱的花园朋友们', fonts('Calibri')))), '亲爱的')
  await until(() => eastAsian(chinese).length > 0)
  expect(eastAsian(chinese).every((url) => url.includes('noto-sans-sc') && url.startsWith(setup.office.url))).toBe(true)
  // Of more than a hundred pieces, those that hold these characters and what the editor's own words need.
  expect(eastAsian(chinese).length).toBeLessThan(40)
  await until(() => fontsOf(latin).length > 0)
  expect(eastAsian(latin)).toEqual([])
  for (const seat of [latin, chinese]) expect([elsewhere(seat), seat.problems]).toEqual([[], []])
})

test('each language has its own shapes: of texts, slides and sheets alike', async () => {
  const japanese = await open('会議.txt', '庭園クラブの会議', '庭園クラブ')
  await until(() => eastAsian(japanese).some((url) => url.includes('noto-sans-jp')))
  const korean = await open('회의.txt', '정원 클럽 회의록', '정원 클럽')
  await until(() => eastAsian(korean).some((url) => url.includes('noto-sans-kr')))
  const rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>我們的花園俱樂部</t></is></c></row>'
  const file = await setup.host.add('花園.xlsx', smallWorkbook({ rows }))
  const sheet = await setup.sitDown(file, { wanted: 'view' })
  await until(() => eastAsian(sheet).some((url) => url.includes('noto-sans-tc')))
  for (const seat of [japanese, korean, sheet]) expect([elsewhere(seat), seat.problems]).toEqual([[], []])
})

test('characters that are typed into a Latin text bring their fonts with them', async () => {
  const seat = await setup.sitDown(await setup.host.add('notes.txt', 'Hello '))
  await seat.type('x')
  expect(eastAsian(seat)).toEqual([])
  await seat.type('你好')
  await until(() => eastAsian(seat).length > 0)
})

test('a workbook in a font that neither this client nor the machine has opens all the same', async () => {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const styles = `<styleSheet xmlns="${main}"><fonts count="1"><font><sz val="11"/><name val="ＭＳ Ｐ明朝"/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellXfs count="1"><xf fontId="0"/></cellXfs></styleSheet>`
  const rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>花の友達へ</t></is></c></row>'
  const file = await setup.host.add('花.xlsx', smallWorkbook({ rows, styles }))
  const seat = await setup.sitDown(file, { wanted: 'view' })
  await seat.office.locator('.grid canvas').first().waitFor()
  expect(seat.problems).toEqual([])
})
