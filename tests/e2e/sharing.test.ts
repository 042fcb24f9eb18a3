import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Desk, launch, openDesk, until } from './desk.ts'

// Several programs and a browser work for one step of a person; a slow machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

let browser: Browser
let desk: Desk

beforeAll(async () => {
  browser = await launch()
})
afterEach(() => desk.close())
afterAll(() => browser.close())

const textIn = (editor: FrameLocator) => editor.locator('.cm-content')

/** Opens the dialog in which a document is shared. */
async function share(page: Page, name: string) {
  await page.goto(desk.url())
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `Share “${name}”` })
  return {
    dialog,
    async link(access: 'can view' | 'can edit') {
      await dialog.getByLabel('Whoever has it').selectOption({ label: access })
      await dialog.getByRole('button', { name: 'Make link' }).click()
      return dialog.getByLabel(`Link: ${access}, by you`, { exact: true }).inputValue()
    },
  }
}

/** Opens a link as someone who has not been here before. */
async function follow(link: string) {
  const page = await desk.page()
  await page.goto(link)
  return { page, editor: page.frameLocator('iframe[name="office_frame"]') }
}

test('a guest types into a shared document until the link is revoked, and another one only reads it', async () => {
  desk = await openDesk(browser, { 'plan.txt': 'start. ' })
  const owner = await desk.page()
  const { dialog, link } = await share(owner, 'plan.txt')
  const reader = await follow(await link('can view'))
  await textIn(reader.editor).getByText('start.').waitFor()
  expect(await textIn(reader.editor).getAttribute('contenteditable')).toBe('false')

  const writer = await follow(await link('can edit'))
  await textIn(writer.editor).click()
  await textIn(writer.editor).press('Control+End')
  await textIn(writer.editor).pressSequentially('by a guest.')
  await until(
    async () => (await desk.onDisk('plan.txt')) === 'start. by a guest.',
    'the words of the guest are on disk',
  )

  await dialog.getByRole('button', { name: 'Revoke the link: can edit, by you' }).click()
  await dialog.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await writer.page.getByText('The link to this document has been revoked or has ended.').waitFor()
  await textIn(writer.editor).pressSequentially(' too late')
  await until(
    () => desk.log.some((event) => event['operation'] === 'putFile' && event['status'] === 401),
    'the save after the end is refused',
  )
  expect(await desk.onDisk('plan.txt')).toBe('start. by a guest.')
  await writer.page.reload()
  await writer.page.getByText('This link does not work.').waitFor()
  await reader.page.reload()
  await textIn(reader.editor).getByText('start. by a guest.').waitFor()
})
