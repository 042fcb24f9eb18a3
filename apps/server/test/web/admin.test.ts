import { createClient } from '@openwopi/client'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Server, signIn, start } from '../start.ts'
import { launch, visit } from './a-browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const users = { anna: 'pass-word-of-anna', bob: 'pass-word-of-bob' }

async function signedIn(server: Server, name: keyof typeof users, look = {}): Promise<Page> {
  const page = await visit(browser, `${server.url}/admin`, look)
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Password').fill(users[name])
  await page.getByRole('button', { name: 'Sign in' }).click()
  return page
}

async function locked(server: Server, path: string): Promise<void> {
  const { wopiSrc, accessToken } = await server.token({ path, user: 'bob' })
  await createClient({ wopiSrc, accessToken }).lock({ lock: 'mine' })
}

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('an owner takes a document from whoever has it open, signs them out, and sees both written down', async () => {
  const server = await start({ users, files: { 'plan.txt': 'text' } })
  const bobs = await signIn(server, 'bob', users.bob)
  await locked(server, 'plan.txt')
  const page = await signedIn(server, 'anna')
  const open = part(page, 'Open documents')
  await open.getByRole('row').nth(1).getByText('bob').first().waitFor()
  await open.getByRole('button', { name: 'Break the lock of plan.txt' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Break the lock', exact: true }).click()
  await open.getByText('Nobody has a document open to change it.').waitFor()
  await part(page, 'Signed in').getByRole('button', { name: 'Sign out bob' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out bob' }).waitFor({ state: 'detached' })
  expect((await server.ask('/api/folders/root', { headers: { Cookie: bobs } })).status).toBe(401)
  await part(page, 'What people did').getByText('ended a session · of bob').waitFor()
  await part(page, 'What people did').getByText('broke a lock · plan.txt').waitFor()
  await part(page, 'Storage').getByText('Every save could be stored.').waitFor()
})

test('whoever is no owner is told so, and is not led there', async () => {
  const server = await start({ users })
  const page = await signedIn(server, 'bob')
  await page.getByText('Only owners look after this server').waitFor()
  expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0)
})

test('on a narrow screen nothing sticks out', async () => {
  const server = await start({ files: { [`a name that goes ${'on and '.repeat(12)}on.txt`]: 'a' } })
  const { wopiSrc, accessToken } = await server.token({ path: (await server.list()).files[0]?.name ?? '' })
  await createClient({ wopiSrc, accessToken }).lock({ lock: 'mine' })
  const page = await visit(browser, server.url, { viewport: { width: 360, height: 640 } })
  await page.getByRole('link', { name: 'Administration' }).click()
  await part(page, 'Storage').getByText('Files', { exact: true }).waitFor()
  await part(page, 'Open documents').getByRole('button').waitFor()
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('.admin *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => element.className || element.tagName),
  )
  expect(wide).toEqual([])
})
