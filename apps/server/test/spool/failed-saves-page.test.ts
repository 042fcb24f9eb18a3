import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { start, until } from '../start.ts'
import { launch, row, visit } from '../web/a-browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

import { openSpool } from '../../src/spool/spool.ts'
import { spoolKeys } from '../../src/spool/spool-keys.ts'
import { bytes } from './an-editor.ts'

/** A server on whose disk saves of Ann wait that could not be stored. */
async function withFailedSaves(contents: readonly string[]) {
  const server = await start({ files: { 'a.txt': 'before' } })
  const { id, name } = await server.file('a.txt')
  const keys = await spoolKeys(server.dataFolder)
  const spool = await openSpool({ folder: join(server.dataFolder, 'spool'), keys, limit: 1e6 })
  const about = { kind: 'save', fileId: id, name, user: { id: 'ann', name: 'Ann' }, why: 'the disk was full' } as const
  for (const content of contents) await spool.keep({ ...about, at: Date.now() }, bytes(content))
  return { server, spool }
}

test('a save that could not be stored is told of, and made the newest version with one click', async () => {
  const { server, spool } = await withFailedSaves(['after'])
  const page = await visit(browser, server.url)
  await page.getByText('1 save could not be stored.').waitFor()
  await page.getByRole('link', { name: 'Recover or discard' }).click()
  await page.getByText(/A save of “a.txt” by Ann on .* could not be stored\./).waitFor()
  await page.getByRole('button', { name: 'Make it the newest version of a.txt' }).click()
  await page.getByText('No save waits to be recovered').waitFor()
  const { id } = await server.file('a.txt')
  expect(await (await server.ask(`/download/${id}`)).text()).toBe('after')
  expect(await readdir(spool.folder)).toEqual([])
})

test('it can be downloaded, kept as a copy, and discarded after a question', async () => {
  const { server, spool } = await withFailedSaves(['one', 'three'])
  const page = await visit(browser, `${server.url}/failed-saves`)
  const three = page.getByRole('listitem').filter({ hasText: '5 bytes' })
  const download = page.waitForEvent('download')
  await three.getByRole('link', { name: 'Download the save of a.txt' }).click()
  expect((await download).suggestedFilename()).toBe('a.txt')
  await three.getByRole('button', { name: 'Save it as a copy of a.txt' }).click()
  await three.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Discard the save of a.txt' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard', exact: true }).click()
  await page.getByText('No save waits to be recovered').waitFor()
  await page.getByRole('link', { name: 'server-' }).first().click()
  await row(page, 'a.txt').waitFor()
  await until(
    async () => (await server.list()).files.some(({ name }) => /^a \(recovered .* Ann\)\.txt$/.test(name)),
    'a copy is there',
  )
  expect(await readdir(spool.folder)).toEqual([])
})
