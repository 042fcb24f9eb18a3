import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { discoveryXml, fakeClient, xml } from '../fake-client.ts'
import { type Server, start, until } from '../start.ts'
import { hears, launch, row, visit } from './a-browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const editorPage = `<!doctype html><title>editor</title><script>
  window.heard = []
  window.say = (MessageId, Values = {}) => parent.postMessage(JSON.stringify({ MessageId, SendTime: 1, Values }), '*')
  addEventListener('message', (event) => heard.push(JSON.parse(event.data)))
  say('App_LoadingStatus', { Status: 'Document_Loaded' })
</script>`

/** A server whose one client is a page that says what a test has it say. */
const startWithEditor = async (files: Readonly<Record<string, string>>) => {
  const client = await fakeClient()
  client.answerWith((request, response) => {
    if (request.url?.startsWith('/hosting/')) return xml(discoveryXml(client.origin))(request, response)
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(editorPage)
  })
  return { client, server: await start({ files, config: { clients: [client.config] } }) }
}

const openAddress = async (server: Server, name: string, action = 'edit') =>
  `${server.url}/open/${(await server.file(name)).id}?action=${action}`

const editorIn = async (page: Page): Promise<Frame> => {
  const frame = await (await page.waitForSelector('iframe')).contentFrame()
  if (!frame) throw new Error('the frame has no page')
  await frame.waitForFunction("heard.some((one) => one.MessageId === 'Host_PostmessageReady')")
  return frame
}

test('the page has the name and the icon of what it shows, and nothing of the token', async () => {
  const { server, client } = await startWithEditor({ 'a.txt': 'a' })
  const page = await visit(browser, await openAddress(server, 'a.txt'))
  await editorIn(page)
  expect(await page.title()).toBe('a.txt')
  expect(await page.locator('link[rel=icon]').getAttribute('href')).toBe(`${client.origin}/icon.svg`)
  expect(await page.content()).not.toContain('access_token')
  await expect.poll(() => page.locator('iframe').boundingBox()).toMatchObject({ x: 0, y: 0, ...page.viewportSize() })
})

test('a name that looks like markup is the title, and does nothing', async () => {
  const name = `</title><script>alert(1)</script>'"&.txt`
  const { server } = await startWithEditor({ [name.replaceAll('/', '⁄')]: 'a' })
  const file = (await server.list()).files[0]
  const page = await visit(browser, `${server.url}/open/${file?.id}`)
  await editorIn(page)
  expect(await page.title()).toBe(file?.name)
})

test('closing the editor leads back to the folder, where the document is chosen', async () => {
  const { server } = await startWithEditor({ 'a.txt': 'a', 'b.txt': 'b' })
  const page = await visit(browser, await openAddress(server, 'b.txt'))
  await (await editorIn(page)).evaluate("say('UI_Close', { EverModified: true })")
  await row(page, 'b.txt').waitFor()
  await page.locator('[aria-selected=true]').getByText('b.txt').waitFor()
})

test('a new name becomes the title, whether the editor tells it or the server', async () => {
  const { server } = await startWithEditor({ 'a.txt': 'a' })
  const page = await visit(browser, await openAddress(server, 'a.txt'))
  await (await editorIn(page)).evaluate("say('File_Rename', { NewName: 'letter' })")
  const isTitle = (title: string) => until(async () => (await page.title()) === title, `the title is ${title}`)
  await isTitle('letter.txt')
  await hears(page)
  await server.change('PATCH', `/api/files/${(await server.file('a.txt')).id}`, { name: 'note.txt' })
  await isTitle('note.txt')
})

test('an editor that wants to share gets the dialog in which that is done, and the keys back afterwards', async () => {
  const { server } = await startWithEditor({ 'a.txt': 'a' })
  const page = await visit(browser, await openAddress(server, 'a.txt'))
  const editor = await editorIn(page)
  await editor.evaluate("say('UI_Sharing')")
  const dialog = page.getByRole('dialog', { name: 'Share “a.txt”' })
  const { id } = await server.file('a.txt')
  expect(await dialog.getByLabel('Link', { exact: true }).inputValue()).toBe(`${server.url}/open/${id}`)
  await dialog.getByRole('button', { name: 'Make link' }).click()
  expect(await dialog.getByLabel('Link: can view, by you', { exact: true }).inputValue()).toContain(`${server.url}/s/`)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await editor.waitForFunction("heard.some((one) => one.MessageId === 'Grab_Focus')")
})

test('the versions open beside the editor', async () => {
  const { server } = await startWithEditor({ 'a.txt': 'a' })
  const page = await visit(browser, await openAddress(server, 'a.txt'))
  const opened = page.context().waitForEvent('page')
  await (await editorIn(page)).evaluate("say('UI_FileVersions')")
  await (await opened).getByRole('dialog', { name: 'Versions of “a.txt”' }).waitFor()
})

test('from a view one goes on to editing', async () => {
  const { server } = await startWithEditor({ 'a.txt': 'a' })
  const page = await visit(browser, await openAddress(server, 'a.txt', 'view'))
  await (await editorIn(page)).evaluate("say('UI_Edit')")
  await page.waitForURL('**?action=edit')
})

test('an editor whose token is about to end is given another one', async () => {
  const { server } = await startWithEditor({ 'a.txt': 'a' })
  const page = await visit(browser, await openAddress(server, 'a.txt'))
  const editor = await editorIn(page)
  await editor.evaluate("say('App_TokenExpiring', { Timeout: 60000 })")
  await editor.waitForFunction("heard.some((one) => one.MessageId === 'Reset_Access_Token')")
  const message = await editor.evaluate("heard.find((one) => one.MessageId === 'Reset_Access_Token')")
  expect(message).toMatchObject({
    Values: { token: expect.stringMatching(/.{20}/), ttl: expect.stringMatching(/^\d{13}$/) },
  })
})

test('a document that another program changes meanwhile: the page says where the changes are', async () => {
  const { server } = await startWithEditor({ 'a.txt': 'a' })
  const page = await visit(browser, await openAddress(server, 'a.txt'))
  await editorIn(page)
  await hears(page)
  const { wopiSrc, accessToken } = await server.token({ path: 'a.txt' })
  const post = (path: string, override: string, body?: string) =>
    fetch(`${wopiSrc}${path}?access_token=${encodeURIComponent(accessToken)}`, {
      method: 'POST',
      headers: { 'X-WOPI-Override': override, 'X-WOPI-Lock': 'x' },
      ...(body !== undefined && { body }),
    })
  await post('', 'LOCK')
  await writeFile(join(server.folder, 'a.txt'), 'changed by another program')
  expect((await post('/contents', 'PUT', 'typed here')).status).toBe(200)
  await page
    .getByRole('status')
    .getByText(/was changed by another program/)
    .waitFor()
  const copy = await page.getByRole('link', { name: 'Open my copy' }).getAttribute('href')
  expect((await server.list()).files.map(({ id }) => `/open/${id}`)).toContain(copy)
})

test('an editor that has gone away is missed, and the page says what can be done', async () => {
  const { server, client } = await startWithEditor({ 'a.txt': 'a' })
  const address = await openAddress(server, 'a.txt')
  await client.stop()
  const page = await visit(browser, address)
  await page.getByRole('alert').getByText(`The editor at ${client.origin} cannot be reached.`).waitFor()
  expect(await page.getByRole('link', { name: 'Download' }).getAttribute('href')).toContain('/content')
  await page.getByRole('link', { name: 'Back to the folder' }).click()
  await row(page, 'a.txt').waitFor()
})

test('why a document is read-only stands above it', async () => {
  const { server } = await startWithEditor({ 'a.txt': 'a' })
  const page = await visit(browser, `${server.url}/open/${(await server.file('a.txt')).id}?action=view`)
  await editorIn(page)
  expect(await page.locator('#bar').textContent()).toBe('')
  await writeFile(join(server.folder, 'picture.png'), 'p')
  await page.goto(`${server.url}/open/${(await server.file('picture.png')).id}`)
  await editorIn(page)
  await expect.poll(() => page.locator('#bar').textContent()).toMatch(/can show \.png files, but not edit them/)
  const other = createClient(await server.token({ path: 'a.txt', user: 'Berta' }))
  await other.lock({ lock: 'elsewhere' })
  await page.goto(await openAddress(server, 'a.txt'))
  await editorIn(page)
  await expect.poll(() => page.locator('#bar').textContent()).toContain('Berta has it open in another editor.')
})

test('a page about what cannot be opened leads back, and runs no script', async () => {
  const { server } = await startWithEditor({ 'a.zip': 'z' })
  const page = await visit(browser, `${server.url}/open/${(await server.file('a.zip')).id}`)
  await page.getByRole('heading', { name: /a\.zip.* could not be opened/ }).waitFor()
  expect(await page.locator('script').count()).toBe(0)
  await page.getByRole('link', { name: 'Back to the documents' }).click()
  await row(page, 'a.zip').waitFor()
})

test('a server that goes away is missed beside the editor, which stays', async () => {
  const { server } = await startWithEditor({ 'a.txt': 'a' })
  const page = await visit(browser, await openAddress(server, 'a.txt'))
  const editor = await editorIn(page)
  await server.stop()
  await page
    .getByRole('status')
    .getByText(/No connection to the server/)
    .waitFor()
  expect(await editor.title()).toBe('editor')
  await start({ on: server, config: { port: Number(new URL(server.url).port) } })
  await page.getByText(/No connection to the server/).waitFor({ state: 'detached' })
})
