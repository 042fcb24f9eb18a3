import { createClient } from '@openwopi/client'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { personId } from '../../src/sign-in/person.ts'
import { discoveryXml, fakeClient, xml } from '../fake-client.ts'
import { type Server, start, until } from '../start.ts'
import { choose, hears, launch, row, visit } from './a-browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

/** An editor that calls the host as it is told, with the token that it was given. */
const editorPage = (token: string) => `<!doctype html><title>editor</title><script>
  window.token = ${JSON.stringify(token)}
  const say = (MessageId, Values = {}) => parent.postMessage(JSON.stringify({ MessageId, SendTime: 1, Values }), '*')
  say('App_LoadingStatus', { Status: 'Document_Loaded' })
</script><p>The editor</p>`

async function startWithEditor(files: Readonly<Record<string, string>>, users: Readonly<Record<string, string>>) {
  const client = await fakeClient()
  client.answerWith((request, response) => {
    if (request.url?.startsWith('/hosting/')) return xml(discoveryXml(client.origin))(request, response)
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      const token = new URLSearchParams(body).get('access_token') ?? ''
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(editorPage(token))
    })
  })
  return start({ files, users, config: { clients: [client.config] } })
}

const users = { anna: 'right password' }

async function signInAt(page: Page): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill('anna')
  await page.getByLabel('Password').fill(users.anna)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('grid').waitFor()
}

/** Calls the host as the editor of the page does. */
async function editorOf(page: Page, server: Server) {
  const frame: Frame | null = await (await page.waitForSelector('iframe')).contentFrame()
  await frame?.waitForFunction('window.token !== undefined')
  const accessToken = String(await frame?.evaluate('window.token'))
  const { wopiSrc } = await server.token({ path: 'a.txt' })
  return createClient({ wopiSrc, accessToken })
}

const bytes = (text: string) => new TextEncoder().encode(text)

async function linkMade(page: Page, access: 'can view' | 'can edit'): Promise<string> {
  const dialog = page.getByRole('dialog', { name: 'Share “a.txt”' })
  await dialog.getByLabel('Whoever has it').selectOption({ label: access })
  await dialog.getByRole('button', { name: 'Make link' }).click()
  return dialog.getByLabel(`Link: ${access}, by you`, { exact: true }).inputValue()
}

test('a document is shared: the link to view cannot write, the one to edit can, and a revoked one ends at once', async () => {
  const server = await startWithEditor({ 'a.txt': 'a', 'b.txt': 'b' }, users)
  const anna = await visit(browser, server.url)
  await signInAt(anna)
  await choose(anna, 'a.txt', 'Share')
  const [viewLink, editLink] = [await linkMade(anna, 'can view'), await linkMade(anna, 'can edit')]

  const looking = await visit(browser, viewLink)
  const viewer = await editorOf(looking, server)
  expect((await viewer.checkFileInfo()).info).toMatchObject({ UserFriendlyName: 'Guest', IsAnonymousUser: true })
  await expect(viewer.lock({ lock: 'x' })).rejects.toMatchObject({ code: 'NotFound' })
  await expect(viewer.putFile({ lock: 'x', content: bytes('no') })).rejects.toMatchObject({ code: 'NotFound' })

  const editing = await visit(browser, editLink)
  const editor = await editorOf(editing, server)
  await editor.lock({ lock: 'x' })
  await editor.putFile({ lock: 'x', content: bytes('by a guest') })
  expect(await editing.title()).toBe('a.txt')
  await hears(editing)

  const dialog = anna.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Revoke the link: can edit, by you' }).click()
  await dialog.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await dialog.getByLabel('Link: can edit, by you', { exact: true }).waitFor({ state: 'detached' })
  await expect(editor.putFile({ lock: 'x', content: bytes('late') })).rejects.toMatchObject({ code: 'InvalidToken' })
  await editing.getByText('The link to this document has been revoked or has ended.').waitFor()
  await editing.reload()
  await editing.getByText('This link does not work. It may have been revoked or have ended').waitFor()
  expect(await editing.getByRole('link').count()).toBe(0)
  expect((await viewer.checkFileInfo()).info.Size).toBe(10)
})

test('whoever has a link gets to nothing but its document', async () => {
  const server = await startWithEditor({ 'a.txt': 'a' }, users)
  const anna = await visit(browser, server.url)
  await signInAt(anna)
  await choose(anna, 'a.txt', 'Share')
  const guest = await visit(browser, await linkMade(anna, 'can edit'))
  await editorOf(guest, server)
  expect(await guest.content()).not.toContain('access_token')
  const statuses = await guest.evaluate(async () => {
    const paths = ['/api/session', '/api/folders/root', '/api/search?q=a', '/api/mentions', '/api/events', '/api/trash']
    return Promise.all(paths.map(async (path) => (await fetch(path)).status))
  })
  expect(statuses).toEqual([200, 401, 401, 401, 401, 401])
  await guest.goto(server.url)
  await guest.getByRole('button', { name: 'Sign in' }).waitFor()
})

test('the dialog can be used with keys alone, says what happened, and what it did is seen in the list', async () => {
  const server = await startWithEditor({ 'a.txt': 'a' }, users)
  const page = await visit(browser, server.url)
  await signInAt(page)
  await choose(page, 'a.txt', 'Share')
  const dialog = page.getByRole('dialog', { name: 'Share “a.txt”' })
  await dialog.getByLabel('It works').waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await until(() => hasFocus(page, 'SELECT'), 'the first choice has the focus')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await dialog.getByRole('status').getByText('The link is below.').waitFor({ state: 'attached' })
  await dialog.getByText(/by you · until/).waitFor()
  await dialog.getByRole('button', { name: 'Revoke the link: can view, by you' }).press('Enter')
  await until(async () => (await focused(page)) === 'Keep it', 'the harmless answer has the focus')
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Revoke the link: can view, by you' }).waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await row(page, 'a.txt').getByText('Shared by link').waitFor({ state: 'attached' })
})

const hasFocus = (page: Page, tag: string) => page.evaluate((name) => document.activeElement?.tagName === name, tag)
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)

test('comments are listed with who and when, and whoever is mentioned finds them by a number at the top', async () => {
  const server = await startWithEditor({ 'a.txt': 'a' }, { ...users, bert: 'other password' })
  const page = await visit(browser, server.url)
  await signInAt(page)
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt', user: 'bert' })
  const People = [{ Name: 'Anna', Id: personId('anna'), Provider: 'wopi', Mentioned: true }]
  const text = '<img src=x onerror=alert(1)> Can you look?'
  await createClient({ wopiSrc, accessToken }).addActivities({
    activities: {
      Activities: [
        { Type: 'comment', Id: '1', Data: { ContentId: 'c', ContentAction: 'created', CommentText: text }, People },
      ],
    },
  })
  await page.getByRole('button', { name: 'Mentions of you, 1 new' }).click()
  await page.getByRole('menuitem', { name: /bert commented in “a\.txt”/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Activity in “a.txt”' })
  await dialog.getByText(text).waitFor()
  await dialog.getByText('Mentions Anna').waitFor()
  expect(await dialog.locator('img').count()).toBe(0)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Mentions of you', exact: true }).waitFor()
})

test('a folder is shared: whoever has the link walks through it and opens what is in it, and nothing else', async () => {
  const server = await startWithEditor({ 'Plans/a.txt': 'a', 'Plans/Deep/b.txt': 'b', 'c.txt': 'c' }, users)
  const anna = await visit(browser, server.url)
  await signInAt(anna)
  await choose(anna, 'Plans', 'Share')
  const dialog = anna.getByRole('dialog', { name: 'Share “Plans”' })
  await dialog.getByRole('button', { name: 'Make link' }).click()
  const link = await dialog.getByLabel('Link: can view, by you', { exact: true }).inputValue()
  await anna.keyboard.press('Escape')
  await row(anna, 'Plans').getByText('Shared by link').waitFor({ state: 'attached' })
  const guest = await visit(browser, link)
  await guest.getByRole('heading', { name: 'Plans' }).waitFor()
  expect(await guest.getByText('c.txt').count()).toBe(0)
  await guest.getByRole('link', { name: 'Deep' }).click()
  await guest.getByRole('link', { name: 'b.txt', exact: true }).waitFor()
  await guest.getByRole('navigation', { name: 'Folders above' }).getByRole('link', { name: 'Plans' }).click()
  await guest.getByRole('link', { name: 'a.txt', exact: true }).click()
  await guest.waitForSelector('iframe')
  expect(await guest.title()).toBe('a.txt')
})

test.each(['light', 'dark'] as const)(
  'on a narrow screen nothing of the dialog sticks out: %s',
  async (colorScheme) => {
    const server = await startWithEditor({ 'a.txt': 'a' }, users)
    const page = await visit(browser, server.url, {
      viewport: { width: 360, height: 640 },
      colorScheme,
      hasTouch: true,
    })
    await signInAt(page)
    await choose(page, 'a.txt', 'Share')
    await linkMade(page, 'can edit')
    await page.getByRole('button', { name: 'Revoke the link: can edit, by you' }).click()
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('dialog *')]
        .filter((element) => !element.closest('.hidden') && element.getBoundingClientRect().right > innerWidth)
        .map((element) => element.className),
    )
    expect(wide).toEqual([])
  },
)
