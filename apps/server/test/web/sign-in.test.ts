import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { start } from '../start.ts'
import { goToRow, launch, row, visit } from './a-browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

test('whoever is not signed in is asked to, told when it fails, and led to where they were going', async () => {
  const server = await start({ users: { ann: 'a long pass phrase' } })
  const page = await visit(browser, `${server.url}/trash`)
  await page.getByLabel('Name', { exact: true }).fill('ann')
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').getByText(/./).waitFor()
  await page.getByLabel('Password').fill('a long pass phrase')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('The trash is empty').waitFor()
  await page.getByRole('button', { name: 'Account of ann' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByLabel('Password').waitFor()
})

test('whoever is signed out meanwhile is asked to sign in again, and goes on where they were', async () => {
  const server = await start({ files: { 'Letters/one.txt': '1' }, users: { ann: 'a long pass phrase' } })
  const page = await visit(browser, server.url)
  const signIn = async () => {
    await page.getByLabel('Name', { exact: true }).fill('ann')
    await page.getByLabel('Password').fill('a long pass phrase')
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  await signIn()
  await page.getByRole('link', { name: 'Letters' }).click()
  await row(page, 'one.txt').waitFor()
  await page.context().clearCookies()
  await goToRow(page, 'one.txt')
  await page.keyboard.press('Delete')
  await signIn()
  await row(page, 'one.txt').waitFor()
})

test.each([
  '//evil.test/',
  '/%09/evil.test/',
  '/.//evil.test/',
  '/%5Cevil.test',
  'https://evil.test/',
  'javascript:alert(1)',
])('a sign-in does not lead to another site: %s', async (next) => {
  const server = await start({ users: { ann: 'a long pass phrase' } })
  const page = await visit(browser, `${server.url}/sign-in?next=${next}`)
  await page.getByLabel('Name', { exact: true }).fill('ann')
  await page.getByLabel('Password').fill('a long pass phrase')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in')
  expect(new URL(page.url()).origin).toBe(server.url)
})
