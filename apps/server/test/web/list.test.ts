import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { start, until } from '../start.ts'
import { choose, goToRow, launch, names, row, visit } from './a-browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const files = { 'b.txt': 'bb', 'a.txt': 'a', 'Letters/one.txt': '1', 'photo.png': 'p' }

test('a folder shows its folders first, then its files, with dates and sizes', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await row(page, 'a.txt').waitFor()
  expect(await names(page)).toEqual(['Letters', 'a.txt', 'b.txt', 'photo.png'])
  expect(await row(page, 'b.txt').textContent()).toContain('2 bytes')
  expect(await page.title()).toContain('Documents')
})

test('the heads of the columns sort the list, and say so', async () => {
  const server = await start({ files: { 'small.txt': '1', 'large.txt': '12345', 'middle.txt': '123' } })
  const page = await visit(browser, server.url)
  await row(page, 'small.txt').waitFor()
  await page.getByRole('button', { name: 'Size' }).click()
  await until(async () => (await names(page))[0] === 'large.txt', 'the largest file is first')
  expect(await page.getByRole('columnheader', { name: 'Size' }).getAttribute('aria-sort')).toBe('descending')
  await page.getByRole('button', { name: 'Size' }).click()
  await until(async () => (await names(page))[0] === 'small.txt', 'the smallest file is first')
})

test('with the keys alone one goes into a folder and up again', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await row(page, 'Letters').waitFor()
  await page.getByRole('grid').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await row(page, 'one.txt').waitFor()
  await page.getByRole('heading', { level: 1, name: 'Letters', exact: true }).waitFor()
  await page.keyboard.press('Backspace')
  await row(page, 'b.txt').waitFor()
  expect(new URL(page.url()).pathname).toBe('/')
  await page.locator('[data-active]').getByText('Letters').waitFor()
  await page.keyboard.press('ArrowDown')
  await page.locator('[data-active]').getByText('a.txt').waitFor()
})

test('Enter opens a document in its editor', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await goToRow(page, 'a.txt')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/open/${(await server.file('a.txt')).id}`)
})

test('the arrow keys choose rows, and the list names the active one', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await goToRow(page, 'a.txt')
  await page.keyboard.press('Shift+ArrowDown')
  const grid = page.getByRole('grid')
  const active = async () => page.locator(`#${await grid.getAttribute('aria-activedescendant')}`).textContent()
  const selected = () => grid.locator('[aria-selected=true]').count()
  await expect.poll(active).toContain('b.txt')
  await expect.poll(selected).toBe(2)
  await page.keyboard.press('Control+a')
  await expect.poll(selected).toBe(4)
  await page.keyboard.press('Escape')
  await expect.poll(selected).toBe(0)
})

test('F2 renames in place, and a name that is taken is refused with the reason', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await goToRow(page, 'a.txt')
  await page.keyboard.press('F2')
  const field = page.getByLabel('New name for a.txt')
  expect(await field.evaluate((element: HTMLInputElement) => element.selectionEnd)).toBe(1)
  await field.fill('b.txt')
  await field.press('Enter')
  await page.getByRole('alert').getByText('b.txt').waitFor()
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  await field.fill('Ärger & Söhne.txt')
  await field.press('Enter')
  await row(page, 'Ärger & Söhne.txt').waitFor()
  expect((await server.list()).files.map(({ name }) => name)).toContain('Ärger & Söhne.txt')
})

test('Escape leaves a name as it was', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await goToRow(page, 'a.txt')
  await page.keyboard.press('F2')
  await page.getByLabel('New name for a.txt').fill('c.txt')
  await page.keyboard.press('Escape')
  await row(page, 'a.txt').waitFor()
  expect((await server.list()).files.map(({ name }) => name)).toContain('a.txt')
})

test('Delete takes away what is chosen, and undo brings it back', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await goToRow(page, 'a.txt')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Delete')
  await page.getByRole('status').getByText('2 items deleted').waitFor()
  await until(async () => (await server.list()).files.length === 1, 'two files are gone')
  await page.getByRole('button', { name: 'Undo' }).click()
  await row(page, 'a.txt').waitFor()
  await row(page, 'b.txt').waitFor()
  expect((await server.list()).files.length).toBe(3)
})

test('Ctrl+Z undoes as well', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await goToRow(page, 'a.txt')
  await page.keyboard.press('Delete')
  await until(async () => (await server.list()).files.length === 2, 'the file is gone')
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  await page.keyboard.press('Control+z')
  await row(page, 'a.txt').waitFor()
})

test('a folder that is not empty is not deleted, and the page says why', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await goToRow(page, 'Letters')
  await page.keyboard.press('Delete')
  await page
    .getByRole('status')
    .getByText(/not empty/)
    .waitFor()
  await row(page, 'Letters').waitFor()
})

test('the menu key opens the menu of the row, which the keys can use, and the focus comes back', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await goToRow(page, 'a.txt')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Rename' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  await until(
    () => page.getByRole('grid').evaluate((grid) => grid === document.activeElement),
    'the list has the focus',
  )
})

test('a long folder is reached to its end, and never more than a screenful of rows is in the page', async () => {
  const many = Object.fromEntries(Array.from({ length: 1200 }, (_, index) => [`file ${1000 + index}.txt`, 'x']))
  const server = await start({ files: many })
  const page = await visit(browser, server.url)
  await row(page, 'file 1000.txt').waitFor()
  expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('1201')
  await page.getByRole('grid').focus()
  await page.keyboard.press('End')
  await row(page, 'file 2199.txt').waitFor()
  await until(
    async () => (await page.locator('[data-active]').textContent())?.includes('file 2199.txt') ?? false,
    'the last row is active',
  )
  expect(await page.getByRole('row').count()).toBeLessThan(60)
})

test('a search finds names in all folders as one types, and its rows lead on', async () => {
  const server = await start({ files: { ...files, 'Letters/Old/Two.txt': '2' } })
  const page = await visit(browser, server.url)
  await row(page, 'a.txt').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('tw')
  await page.getByText('1 item found').waitFor()
  await row(page, 'Two.txt').getByText('Letters / Old').waitFor()
  await page.keyboard.type('zzz')
  await page.getByText('Nothing is named “twzzz”').waitFor()
  await page.keyboard.press('Escape')
  await row(page, 'a.txt').waitFor()
})

test('what others do in the folder is seen at once', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await row(page, 'a.txt').waitFor()
  await server.change('PATCH', `/api/files/${(await server.file('a.txt')).id}`, { name: 'z.txt' })
  await row(page, 'z.txt').waitFor()
  await server.change('DELETE', `/api/files/${(await server.file('b.txt')).id}`)
  await row(page, 'b.txt').waitFor({ state: 'detached' })
})

/** Keeps the pages of a browser from listening to the server. Returns the way to let them. */
const keepDeaf = async (page: Page): Promise<{ isAsked(): boolean; end(): void }> => {
  let end = () => {}
  let isAsked = false
  const over = new Promise<void>((resolve) => {
    end = resolve
  })
  await page.context().route('**/api/events', async (route) => {
    isAsked = true
    await over
    await route.continue()
  })
  return { isAsked: () => isAsked, end }
}

test('what others do before the page listens is seen once it does', async () => {
  const server = await start({ files })
  const page = await visit(browser, 'about:blank')
  const deaf = await keepDeaf(page)
  await page.goto(server.url)
  await row(page, 'a.txt').waitFor()
  await until(deaf.isAsked, 'the page is about to listen')
  await server.change('PATCH', `/api/files/${(await server.file('a.txt')).id}`, { name: 'z.txt' })
  deaf.end()
  await row(page, 'z.txt').waitFor()
})

test('what others do while one tab takes over listening from another is seen', async () => {
  const server = await start({ files })
  const first = await visit(browser, server.url)
  await row(first, 'a.txt').waitFor()
  const second = await first.context().newPage()
  await second.goto(server.url)
  await row(second, 'a.txt').waitFor()
  const deaf = await keepDeaf(first)
  await first.close()
  await until(deaf.isAsked, 'the other tab is about to listen')
  await server.change('PATCH', `/api/files/${(await server.file('a.txt')).id}`, { name: 'z.txt' })
  deaf.end()
  await row(second, 'z.txt').waitFor()
})

test('a new folder and a new document are made where one is', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await page.getByRole('button', { name: 'New' }).click()
  await page.getByRole('menuitem', { name: 'Folder' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Letters')
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('alert').getByText('Letters').waitFor()
  await page.getByRole('dialog').getByLabel('Name').fill('Plans')
  await page.getByRole('button', { name: 'Create' }).click()
  await row(page, 'Plans').waitFor()
  await page.getByRole('button', { name: 'New' }).click()
  await page.getByRole('menuitem').first().click()
  await page.getByRole('dialog').getByLabel('Name').fill('Minutes')
  await page.getByRole('button', { name: 'Create' }).click()
  await page.waitForURL('**/open/*')
  expect((await server.list()).files.some(({ name }) => name.startsWith('Minutes.'))).toBe(true)
})

test('an earlier version is restored from its list', async () => {
  const server = await start({ files: { 'a.txt': 'first' } })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt' })
  const put = (override: string, body?: string) =>
    fetch(`${wopiSrc}${body === undefined ? '' : '/contents'}?access_token=${encodeURIComponent(accessToken)}`, {
      method: 'POST',
      headers: { 'X-WOPI-Override': override, 'X-WOPI-Lock': 'x' },
      ...(body !== undefined && { body }),
    })
  await put('LOCK')
  await put('PUT', 'second, and longer')
  await put('UNLOCK')
  const page = await visit(browser, server.url)
  await choose(page, 'a.txt', 'Versions')
  await page.getByRole('button', { name: /^Restore the version/ }).click()
  await page
    .getByRole('status')
    .getByText(/Restored as it was/)
    .waitFor()
  expect((await server.file('a.txt')).size).toBe('first'.length)
})

test('who has a document open is shown, and the owner can break the lock once it is confirmed', async () => {
  const server = await start({ files })
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', user: 'Ann' })
  const page = await visit(browser, server.url)
  await row(page, 'a.txt').waitFor()
  await fetch(`${wopiSrc}?access_token=${encodeURIComponent(accessToken)}`, {
    method: 'POST',
    headers: { 'X-WOPI-Override': 'LOCK', 'X-WOPI-Lock': 'x' },
  })
  await row(page, 'a.txt').getByText('Ann has it open').waitFor()
  await choose(page, 'a.txt', 'Break the lock')
  await page.getByRole('dialog').getByRole('button', { name: 'Break the lock' }).click()
  await row(page, 'a.txt').getByText('Ann has it open').waitFor({ state: 'detached' })
  expect((await server.file('a.txt')).openBy).toBeUndefined()
})

test('the trash shows what was deleted, gives it back, and is emptied once that is confirmed', async () => {
  const server = await start({ files })
  await server.change('DELETE', `/api/files/${(await server.file('a.txt')).id}`)
  await server.change('DELETE', `/api/files/${(await server.file('b.txt')).id}`)
  const page = await visit(browser, server.url)
  await page.getByRole('link', { name: 'Trash' }).click()
  await page.getByRole('button', { name: 'Restore a.txt' }).click()
  await page.getByRole('button', { name: 'Restore a.txt' }).waitFor({ state: 'detached' })
  expect((await server.list()).files.map(({ name }) => name)).toContain('a.txt')
  await page.getByRole('button', { name: 'Empty the trash' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Empty the trash' }).click()
  await page.getByText('The trash is empty').waitFor()
})

test('a folder that is not there says so, and leads back', async () => {
  const server = await start({ files })
  const page = await visit(browser, `${server.url}/folder/nothing`)
  await page.getByRole('alert').getByText('This folder is not there any more').waitFor()
  await page.getByRole('link', { name: 'All documents' }).click()
  await row(page, 'a.txt').waitFor()
})

test('an empty folder says what can be done', async () => {
  const server = await start()
  const page = await visit(browser, server.url)
  await page.getByText('Drop files here, or make a new document.').waitFor()
})

test('a server that goes away is missed, and one that comes back is used again', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await row(page, 'a.txt').waitFor()
  await server.stop()
  await page.getByText(/No connection to the server/).waitFor()
  await writeFile(join(server.folder, 'later.txt'), 'x')
  await start({ on: server, config: { port: Number(new URL(server.url).port) } })
  await row(page, 'later.txt').waitFor()
  await page.getByText(/No connection to the server/).waitFor({ state: 'detached' })
})

test('names that look like markup are shown as what they are', async () => {
  const name = '<img src=x onerror=alert(1)> & "co".txt'
  const server = await start({ files: { [name]: 'x' } })
  const page = await visit(browser, server.url)
  await row(page, name).waitFor()
  expect(await page.locator('img[src=x]').count()).toBe(0)
})

test('ten tabs of one browser all get their answers and their news', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await row(page, 'a.txt').waitFor()
  const tabs = [page]
  for (let index = 0; index < 9; index += 1) {
    const tab = await page.context().newPage()
    await tab.goto(server.url)
    await row(tab, 'a.txt').waitFor()
    tabs.push(tab)
  }
  await server.change('PATCH', `/api/files/${(await server.file('a.txt')).id}`, { name: 'z.txt' })
  for (const tab of tabs) await row(tab, 'z.txt').waitFor()
  await page.close()
  await server.change('PATCH', `/api/files/${(await server.file('z.txt')).id}`, { name: 'y.txt' })
  for (const tab of tabs.slice(1)) await row(tab, 'y.txt').waitFor()
}, 300_000)
