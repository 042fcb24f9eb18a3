import { expect, test } from 'vitest'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { smallOds } from './small-ods.ts'
import { smallWorkbook } from './small-workbook.ts'
import { cellOf, goTo, gridOf, spoken, typeInto } from './support.ts'

const setup = officeInBrowser()

const hyperlink = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink'

test('a cell says where it leads, and shows the whole address before it is followed', async () => {
  const text = (place: string, value: string) => `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`
  const file = await setup.host.add(
    'Links.xlsx',
    smallWorkbook({
      rows: `<row r="1">${text('A1', 'Terms')}${text('B1', 'Below')}${text('C1', 'Bad')}${text('D1', 'None')}</row>`,
      after:
        '<hyperlinks xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><hyperlink ref="A1" r:id="rId1"/><hyperlink ref="B1" location="\'Data\'!A20"/><hyperlink ref="C1" r:id="rId2"/></hyperlinks>',
      relationships: `<Relationship Id="rId1" Type="${hyperlink}" Target="https://example.org/terms" TargetMode="External"/><Relationship Id="rId2" Type="${hyperlink}" Target="javascript:alert(1)" TargetMode="External"/>`,
    }),
  )
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  const link = anna.office.locator('.cell-link')
  const dialog = anna.office.getByRole('dialog')
  await goTo(anna, 'A1')
  await link.filter({ hasText: 'https://example.org/terms' }).click()
  await anna.office.getByText('https://example.org/terms').last().waitFor()
  expect(await dialog.getByRole('link').getAttribute('href')).toBe('https://example.org/terms')
  await anna.page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await goTo(anna, 'C1')
  await link.filter({ hasText: 'javascript:' }).click()
  await dialog.waitFor()
  expect(await dialog.getByRole('link').count()).toBe(0)
  await anna.page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await goTo(anna, 'B1')
  await link.filter({ hasText: 'A20' }).click()
  await until(async () => (await spoken(anna)) === 'A20:')
  await goTo(anna, 'D1')
  await until(() => link.isHidden())
  expect(anna.problems).toEqual([])
})

test('names that a formula gives to values of its own are marked in the file as other programs do it', async () => {
  const { host } = setup
  const rows = '<row r="1"><c r="A1"><v>3</v></c><c r="B1"><f>_xlfn.LET(_xlpm.x,A1,_xlpm.x*2)</f><v>6</v></c></row>'
  const file = await host.add('Let.xlsx', smallWorkbook({ rows }))
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await typeInto(anna, 'A1', '5')
  await until(async () => cellOf(await host.bytes(file), 'Data', 'B1')?.value === 10)
  // No function begins so: a list of those that do would take the key that ends the cell.
  await typeInto(anna, 'C1', '=LET(zz,A1,zz+1)')
  await until(async () => cellOf(await host.bytes(file), 'Data', 'C1')?.value === 6)
  expect(cellOf(await host.bytes(file), 'Data', 'C1')?.formula).toBe('_xlfn.LET(_xlpm.zz,A1,_xlpm.zz+1)')
  expect(cellOf(await host.bytes(file), 'Data', 'B1')?.formula).toBe('_xlfn.LET(_xlpm.x,A1,_xlpm.x*2)')
})

test('an OpenDocument spreadsheet is shown, and nothing of it can be changed', async () => {
  const { host } = setup
  const rows =
    '<table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="2.5"><text:p>2.50</text:p></table:table-cell></table:table-row>'
  const before = smallOds({ rows })
  const file = await host.add('Table.ods', before)
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await gridOf(anna)
  await goTo(anna, 'B1')
  await until(async () => (await spoken(anna)) === 'B1: 2.50')
  await anna.page.keyboard.type('7')
  await anna.page.keyboard.press('Enter')
  await goTo(anna, 'A1')
  await until(async () => (await spoken(anna)) === 'A1: Name')
  await goTo(anna, 'B1')
  await until(async () => (await spoken(anna)).startsWith('B1:'))
  expect(await spoken(anna)).toBe('B1: 2.50')
  expect(host.calls('lock')).toEqual([])
  expect(await anna.office.getByRole('button', { name: 'Edit', exact: true }).count()).toBe(0)
  expect(anna.problems).toEqual([])
})
