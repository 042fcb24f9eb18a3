import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { appFor, documentApps } from '../../src/documents/apps.ts'
import { buildPackage } from '../../src/documents/package/build-package.ts'
import { openWorkbook } from '../../src/documents/sheet/open-workbook.ts'
import { areaName } from '../../src/documents/sheet/reference.ts'
import { sheetForm } from '../../src/documents/sheet/sheet-form.ts'
import type { Workbook } from '../../src/documents/sheet/workbook.ts'
import { smallOds } from './small-ods.ts'
import { budget } from './support.ts'

const run = promisify(execFile)

/** What stands in the cells of a sheet, row by row. */
const valuesOf = ({ sheets }: Workbook, at = 0): readonly (readonly unknown[])[] =>
  (sheets[at]?.rows ?? []).map(({ cells }) => cells.map(({ value }) => value))

const cell = (text: string, more = '') => `<table:table-cell ${more}><text:p>${text}</text:p></table:table-cell>`

test('cells of an OpenDocument spreadsheet are read as they are shown', () => {
  const rows = `<table:table-row>${cell('Name')}${cell('1,234.50 €', 'office:value-type="currency" office:value="1234.5"')}</table:table-row>
    <table:table-row table:number-rows-repeated="2">${cell('a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d')}<table:table-cell table:number-columns-repeated="2"/>${cell('<text:span>12</text:span>%')}</table:table-row>
    <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`
  const { workbook } = openWorkbook(smallOds({ rows }))
  const line = ['a  b\tc\nd', '12%']
  expect(valuesOf(workbook)).toEqual([['Name', '1,234.50 €'], line, line])
  expect(workbook.sheets[0]?.rows[1]?.cells.map(({ column }) => column)).toEqual([0, 3])
  const [, amount] = workbook.sheets[0]?.rows[0]?.cells ?? []
  expect(workbook.styles[amount?.style ?? 0]?.horizontal).toBe('right')
})

test('formats, widths, heights, merged and hidden cells are read', () => {
  const styles = `<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="Head"><style:table-cell-properties fo:background-color="#ffff00" fo:border="0.74pt solid #ff0000" fo:wrap-option="wrap"/><style:paragraph-properties fo:text-align="center"/></style:style>
    <style:style style:name="Head" style:family="table-cell"><style:text-properties fo:font-weight="bold" fo:color="#0000ff" fo:font-size="14pt"/></style:style>
    <style:style style:name="co1" style:family="table-column"><style:table-column-properties style:column-width="2in"/></style:style>
    <style:style style:name="ro1" style:family="table-row"><style:table-row-properties style:row-height="30pt"/></style:style>`
  const rows = `<table:table-column table:style-name="co1" table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
    <table:table-row table:style-name="ro1">${cell('Title', 'table:style-name="ce1" table:number-columns-spanned="2" table:number-rows-spanned="2"')}<table:covered-table-cell/></table:table-row>
    <table:table-row table:visibility="collapse">${cell('x')}</table:table-row>`
  const { sheets, styles: looks } = openWorkbook(smallOds({ rows, styles })).workbook
  const [sheet] = sheets
  expect(looks[sheet?.rows[0]?.cells[0]?.style ?? 0]).toMatchObject({
    font: { isBold: true, color: '0000FF', size: 14 },
    fill: 'FFFF00',
    horizontal: 'center',
    wraps: true,
    borders: { left: { line: 'thin', color: 'FF0000' } },
  })
  expect(sheet?.merges.map(areaName)).toEqual(['A1:B2'])
  expect(sheet?.columns).toMatchObject([
    { from: 0, to: 1 },
    { from: 2, to: 2, isHidden: true },
  ])
  expect(sheet?.columns[0]?.width).toBeCloseTo(27.43, 1)
  expect(sheet?.rows).toMatchObject([{ height: 30 }, { isHidden: true }])
})

test('remarks and drawings are no part of a cell, and are said to be there', () => {
  const rows = `<table:table-row><table:table-cell><office:annotation><text:p>remark</text:p></office:annotation><text:p>value</text:p><draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame></table:table-cell></table:table-row>`
  const { workbook } = openWorkbook(smallOds({ rows }))
  expect(valuesOf(workbook)).toEqual([['value']])
  expect(workbook.unseen).toEqual(['comments'])
})

test('it is shown and not changed, and says so', async () => {
  const form = await sheetForm(smallOds({ rows: `<table:table-row>${cell('x')}</table:table-row>` }))
  expect(form.refusal?.why).toContain('OpenDocument spreadsheets are shown here')
})

test('cells without end are read as far as there is place, and damaged ones say so', async () => {
  const many = `<table:table-row table:number-rows-repeated="1048576">${cell('x', 'table:number-columns-repeated="16384"')}</table:table-row>`
  const { sheets } = openWorkbook(smallOds({ rows: many })).workbook
  expect(sheets[0]?.isCut).toBe(true)
  const deep = '<table:table-cell><table:table>'.repeat(200)
  await expect(sheetForm(smallOds({ rows: `<table:table-row>${deep}` }))).rejects.toThrow('not well-formed')
  await expect(sheetForm(buildPackage({ 'content.xml': '<x/>' }))).rejects.toThrow('holds no spreadsheet')
  const circle = '<style:style style:name="a" style:family="table-cell" style:parent-style-name="a"/>'
  const looped = smallOds({
    rows: `<table:table-row>${cell('x', 'table:style-name="a"')}</table:table-row>`,
    styles: circle,
  })
  expect(valuesOf(openWorkbook(looped).workbook)).toEqual([['x']])
})

test('discovery offers it to be viewed where nothing makes pages of it', () => {
  expect(appFor(documentApps(undefined), 'ods')).toMatchObject({ kind: 'sheet', canEdit: false })
})

test('what LibreOffice makes of a workbook is read as the workbook shows it', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-ods-'))
  try {
    await writeFile(join(folder, 'Budget.xlsx'), budget)
    const profile = `-env:UserInstallation=file://${folder}/profile`
    await run('soffice', [
      profile,
      '--headless',
      '--convert-to',
      'ods',
      '--outdir',
      folder,
      join(folder, 'Budget.xlsx'),
    ])
    const { workbook } = openWorkbook(await readFile(join(folder, 'Budget.ods')))
    expect(workbook.sheets.map(({ name }) => name)).toEqual(['Budget', 'Goals'])
    expect(valuesOf(workbook)[4]).toEqual(['Salary', '2,100.00', '2,100.00', '2,100.00', '6,300.00'])
    const head = workbook.sheets[0]?.rows[3]?.cells[0]
    expect(workbook.styles[head?.style ?? 0]).toMatchObject({ font: { isBold: true, color: 'FFFFFF' }, fill: '2F5496' })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
