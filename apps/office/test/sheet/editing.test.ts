import { expect, test } from 'vitest'
import { comparePackages } from '../../src/documents/package/compare-packages.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { smallWorkbook } from './small-workbook.ts'
import { budget, cellOf, formatOf, goTo, gridOf, spoken, typeInto } from './support.ts'

const setup = officeInBrowser()

const changedParts = (before: Uint8Array, after: Uint8Array) =>
  comparePackages(openPackage(before), openPackage(after)).map(({ name }) => name)

test('a number that is typed into a cell is saved with what depends on it, and with nothing else', async () => {
  const { host } = setup
  const file = await host.add('Budget.xlsx', budget)
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await typeInto(anna, 'B5', '4242')
  await until(async () => cellOf(await host.bytes(file), 'Budget', 'E5')?.value === 8442)
  await until(async () => (await anna.state()).startsWith('Saved at '))
  const after = await host.bytes(file)
  expect(cellOf(after, 'Budget', 'B5')).toMatchObject({ value: 4242, style: 3 })
  expect(cellOf(after, 'Budget', 'E5')).toMatchObject({ value: 8442, formula: 'SUM(B5:D5)' })
  expect(cellOf(after, 'Budget', 'B7')).toMatchObject({ value: 4422, formula: 'SUM(B5:B6)' })
  expect(changedParts(budget, after)).toEqual(['xl/worksheets/sheet1.xml'])
  expect(anna.problems).toEqual([])
  const ours = [new URL(setup.office.url).origin, setup.host.origin, 'null']
  expect(anna.requests.filter((url) => !ours.includes(new URL(url).origin))).toEqual([])
})

test('a formula that is typed is calculated and saved as one', async () => {
  const { host } = setup
  const file = await host.add('Budget.xlsx', budget)
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await typeInto(anna, 'G5', '=sum(b5:d5)*2')
  await until(async () => cellOf(await host.bytes(file), 'Budget', 'G5')?.value === 12_600)
  expect(cellOf(await host.bytes(file), 'Budget', 'G5')?.formula).toBe('SUM(B5:D5)*2')
})

test('opening, looking and closing writes nothing', async () => {
  const { host } = setup
  const file = await host.add('Budget.xlsx', budget)
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await goTo(anna, 'B5')
  await expect.poll(() => anna.state()).toBe('No changes')
  await anna.leave()
  await until(async () => (await host.lockOf(file))?.releasedAt !== undefined)
  expect(host.calls('putFile')).toEqual([])
})

test('what is undone is as it was', async () => {
  const { host } = setup
  const file = await host.add('Budget.xlsx', budget)
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await typeInto(anna, 'B5', '1')
  await until(async () => cellOf(await host.bytes(file), 'Budget', 'B5')?.value === 1)
  await anna.office.getByRole('button', { name: 'Undo' }).click()
  await until(async () => cellOf(await host.bytes(file), 'Budget', 'B5')?.value === 2100)
  await until(async () => (await host.bytes(file)).equals(budget))
})

test('two people see what the other types, under one lock, and both are named as editors', async () => {
  const { host } = setup
  const file = await host.add('Budget.xlsx', budget)
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  await gridOf(anna)
  const bert = await setup.sitDown(file, { name: 'Bert Cole' })
  await gridOf(bert)
  await typeInto(anna, 'B5', '3000')
  await goTo(bert, 'B5')
  await until(async () => (await spoken(bert)) === 'B5: 3000')
  await typeInto(bert, 'C5', '1000')
  await goTo(anna, 'C5')
  await until(async () => (await spoken(anna)) === 'C5: 1000')
  await until(async () => cellOf(await host.bytes(file), 'Budget', 'E5')?.value === 6100)
  const saved = await host.bytes(file)
  expect(cellOf(saved, 'Budget', 'B5')?.value).toBe(3000)
  expect(cellOf(saved, 'Budget', 'C5')?.value).toBe(1000)
  expect(cellOf(saved, 'Budget', 'E7')?.value).toBe(6640)
  expect(host.calls('lock').filter(({ status }) => status !== 200)).toEqual([])
  const editors = () => [...new Set(host.calls('putFile').flatMap(({ save }) => save?.editors ?? []))].sort()
  await expect.poll(editors).toEqual(['annaberg', 'bertcole'])
  expect([...anna.problems, ...bert.problems]).toEqual([])
})

test('who comes later sees what was typed before', async () => {
  const { host } = setup
  const file = await host.add('Budget.xlsx', budget)
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  await gridOf(anna)
  await typeInto(anna, 'B5', '3000')
  await until(async () => cellOf(await host.bytes(file), 'Budget', 'B5')?.value === 3000)
  const bert = await setup.sitDown(file, { name: 'Bert Cole', wanted: 'view' })
  await gridOf(bert)
  await goTo(bert, 'B5')
  await until(async () => (await spoken(bert)) === 'B5: 3000')
  await bert.page.keyboard.type('1')
  await bert.page.keyboard.press('Enter')
  await goTo(bert, 'B4')
  await until(async () => (await spoken(bert)).startsWith('B4:'))
  await goTo(bert, 'B5')
  await until(async () => (await spoken(bert)).startsWith('B5:'))
  expect(await spoken(bert)).toBe('B5: 3000')
})

test('a cell that belongs to something larger is not changed, and says why', async () => {
  const { host } = setup
  const rows =
    '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>2</v></c><c r="B1"><v>1</v></c></row><row r="2"><c r="A2"><v>4</v></c><c r="B2"><v>2</v></c></row>'
  const before = smallWorkbook({ rows })
  const file = await host.add('Array.xlsx', before)
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await anna.office.getByText('cannot be calculated here').waitFor()
  await typeInto(anna, 'A2', '7')
  await anna.office.getByText('A2 is not changed here').waitFor()
  await typeInto(anna, 'B2', '5')
  await until(async () => cellOf(await host.bytes(file), 'Data', 'B2')?.value === 5)
  const after = await host.bytes(file)
  expect(cellOf(after, 'Data', 'A2')?.value).toBe(4)
  expect(new TextDecoder().decode(openPackage(after).read('xl/workbook.xml'))).toContain('fullCalcOnLoad="1"')
})

test('a workbook that would lose something is shown with the reason, and not changed', async () => {
  const { host } = setup
  const signed = smallWorkbook({
    rows: '<row r="1"><c r="A1"><v>1</v></c></row>',
    parts: { '_xmlsignatures/sig1.xml': '<Signature/>' },
  })
  const file = await host.add('Signed.xlsx', signed)
  const anna = await setup.sitDown(file)
  await anna.office.locator('.grid canvas').first().waitFor()
  await anna.office.locator('.badge').click()
  expect(await anna.office.locator('.why').textContent()).toContain('digitally signed')
  expect(host.calls('lock')).toEqual([])
  await until(async () => (await anna.state()) === '')
})

test('what is no workbook says so, and can be downloaded', async () => {
  const file = await setup.host.add('Broken.xlsx', Buffer.from('PK nonsense'))
  const anna = await setup.sitDown(file)
  expect(await anna.office.locator('.failure').textContent()).toContain('damaged')
  await anna.office.getByRole('button', { name: 'Download' }).waitFor()
})

test('a new workbook begins with an empty sheet, and is one as soon as it is opened', async () => {
  const { host } = setup
  const file = await host.add('New.xlsx', new Uint8Array())
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await until(async () => (await host.bytes(file)).length > 0)
  await typeInto(anna, 'A1', 'Hello')
  await until(async () => cellOf(await host.bytes(file), 'Sheet1', 'A1')?.value === 'Hello')
  expect(anna.problems).toEqual([])
})

test('a workbook of 50,000 cells opens, and a cell of it is changed', async () => {
  const { host } = setup
  const row = (index: number) => {
    const numbers = Array.from('ABCDEFGHI', (letter, at) => `<c r="${letter}${index}"><v>${index + at}</v></c>`).join(
      '',
    )
    const sum = 9 * index + 36
    const formula = index === 1 ? '<f t="shared" ref="J1:J5000" si="0">SUM(A1:I1)</f>' : '<f t="shared" si="0"/>'
    return `<row r="${index}">${numbers}<c r="J${index}">${formula}<v>${sum}</v></c></row>`
  }
  const before = smallWorkbook({ rows: Array.from({ length: 5_000 }, (_, index) => row(index + 1)).join('') })
  const file = await host.add('Large.xlsx', before)
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await typeInto(anna, 'A4000', '0')
  await until(async () => cellOf(await host.bytes(file), 'Data', 'J4000')?.value === 9 * 4_000 + 36 - 4_000)
  expect(changedParts(before, await host.bytes(file))).toEqual(['xl/worksheets/sheet1.xml'])
})

test('formulas that go in circles come to an end', async () => {
  const { host } = setup
  const file = await host.add('Circle.xlsx', smallWorkbook({ rows: '<row r="1"><c r="A1"><v>1</v></c></row>' }))
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await typeInto(anna, 'B1', '=C1+1')
  await typeInto(anna, 'C1', '=B1+1')
  await typeInto(anna, 'A1', '5')
  await until(async () => cellOf(await host.bytes(file), 'Data', 'A1')?.value === 5)
  expect(cellOf(await host.bytes(file), 'Data', 'C1')?.formula).toBe('B1+1')
})

test('a formula that would fill other cells too is taken back, and says so', async () => {
  const { host } = setup
  const rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
  const file = await host.add('Spill.xlsx', smallWorkbook({ rows }))
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await typeInto(anna, 'B1', '=A1:A2*2')
  await anna.office.getByText('The formula in B1 fills other cells too').waitFor()
  await typeInto(anna, 'A1', '9')
  await until(async () => cellOf(await host.bytes(file), 'Data', 'A1')?.value === 9)
  expect(cellOf(await host.bytes(file), 'Data', 'B1')?.formula).toBeUndefined()
})

test('a date and a percentage are saved as what they are', async () => {
  const { host } = setup
  const file = await host.add('Budget.xlsx', budget)
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await typeInto(anna, 'G3', '12%')
  await typeInto(anna, 'G4', '2024-03-01')
  await until(async () => formatOf(await host.bytes(file), 'Budget', 'G4') === 'yyyy-mm-dd')
  const saved = await host.bytes(file)
  expect(cellOf(saved, 'Budget', 'G4')?.value).toBe(45_352)
  expect([cellOf(saved, 'Budget', 'G3')?.value, formatOf(saved, 'Budget', 'G3')]).toEqual([0.12, '0%'])
  expect(changedParts(budget, saved)).toEqual(['xl/worksheets/sheet1.xml', 'xl/styles.xml'])
})

test('an office that is started again goes on with the cells that were typed', async () => {
  const { host, office } = setup
  const file = await host.add('Budget.xlsx', budget)
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await typeInto(anna, 'B5', '1')
  await until(async () => cellOf(await host.bytes(file), 'Budget', 'B5')?.value === 1)
  await office.stop()
  await typeInto(anna, 'B6', '2')
  await office.startAgain()
  await until(async () => cellOf(await host.bytes(file), 'Budget', 'B6')?.value === 2)
  expect(cellOf(await host.bytes(file), 'Budget', 'B7')?.value).toBe(3)
  await until(async () => (await anna.state()).startsWith('Saved at '))
})
