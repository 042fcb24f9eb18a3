import { parseMessage } from '@openwopi/protocol'
import { expect, test } from 'vitest'
import type { Seat, SeatOptions } from './support/browser.ts'
import { officeInBrowser } from './support/in-browser.ts'
import { until } from './support/setup.ts'

const setup = officeInBrowser({ autosaveAfter: 3_600_000 })

const tell = ({ page }: Seat, MessageId: string, Values: object = {}) =>
  page.evaluate(
    (data) => document.querySelector('iframe')?.contentWindow?.postMessage(data, '*'),
    JSON.stringify({ MessageId, SendTime: 0, Values }),
  )
const heardOf = async (seat: Seat, id: string) =>
  (await seat.heard()).filter(({ MessageId }) => MessageId === id).map(({ Values }) => Values)
const lastOf = async (seat: Seat, id: string, count = 1) => {
  const all = await until(async () => {
    const found = await heardOf(seat, id)
    return found.length >= count && found
  })
  return all[count - 1]
}
/** Key strokes and messages reach the office's page on different ways: what was typed is there before anything is asked. */
const typeInto = async (seat: Seat, more: string) => {
  const before = await seat.text()
  await seat.type(more)
  await until(async () => (await seat.text()) === before + more)
}
const opened = async (name = 'notes.txt', options: SeatOptions = {}) => {
  const file = await setup.host.add(name, 'one')
  const anna = await setup.sitDown(file, options)
  await lastOf(anna, 'Doc_ModifiedStatus')
  return { file, anna }
}

test('the page of a host hears how loading goes, in the order and with the values of other editors', async () => {
  const { anna } = await opened()
  const heard = (await anna.heard()).map(({ MessageId, Values }) => Values['Status'] ?? MessageId)
  expect(heard).toEqual([
    'Initialized',
    'Frame_Ready',
    'Action_Load_Resp',
    'Document_Loaded',
    'View_Added',
    'Views_List',
    'Doc_ModifiedStatus',
  ])
  const first = (await anna.heard())[0]?.Values
  expect(first).toMatchObject({ 'ui-language': '1033', wdUserSession: expect.stringMatching(/^[\w-]{36}$/) })
  expect(await lastOf(anna, 'Doc_ModifiedStatus')).toMatchObject({ Modified: false })
  for (const message of await anna.heard()) {
    if (message.MessageId !== 'View_Added') expect(parseMessage(JSON.stringify(message))?.MessageId).toBeTruthy()
  }
})

test('a save is called done when the host has the bytes, and not before', async () => {
  const { file, anna } = await opened()
  await typeInto(anna, ' two')
  expect(await lastOf(anna, 'Doc_ModifiedStatus', 2)).toMatchObject({ Modified: true })
  await tell(anna, 'Action_Save', { Notify: true })
  expect(await lastOf(anna, 'Action_Save_Resp')).toMatchObject({ success: true, fileName: 'notes.txt' })
  expect(await setup.host.text(file)).toBe('one two')
  expect(await lastOf(anna, 'Doc_ModifiedStatus', 3)).toMatchObject({ Modified: false })
  await tell(anna, 'Action_Save', { Notify: true, DontSaveIfUnmodified: true })
  expect(await lastOf(anna, 'Action_Save_Resp', 2)).toMatchObject({ success: false, result: 'unmodified' })
  await expect.poll(() => setup.host.calls('putFile').length).toBe(1)
  await setup.host.goAway()
  await typeInto(anna, ' three')
  await tell(anna, 'Action_Save', { Notify: true })
  expect(await lastOf(anna, 'Action_Save_Resp', 3)).toMatchObject({
    success: false,
    errorMsg: 'Not saved yet, trying again',
  })
  await anna.office.getByText('sent as soon as it is back').waitFor()
  await setup.host.comeBack()
  await until(async () => (await setup.host.text(file)) === 'one two three')
  await anna.office.getByText('sent as soon as it is back').waitFor({ state: 'detached' })
})

test('who may only read is told so by the answer to a save', async () => {
  const { anna } = await opened('notes.txt', { canOnlyRead: true })
  await tell(anna, 'Action_Save', { Notify: true })
  const answer = { success: false, errorMsg: 'You may read this document, but not change it.' }
  expect(await lastOf(anna, 'Action_Save_Resp')).toMatchObject(answer)
})

test('an earlier version may come back once what was typed is saved', async () => {
  const { file, anna } = await opened()
  await typeInto(anna, '!')
  await tell(anna, 'Host_VersionRestore', { Status: 'Pre_Restore' })
  expect(await lastOf(anna, 'App_VersionRestore')).toMatchObject({ Status: 'Pre_Restore_Ack' })
  expect(await setup.host.text(file)).toBe('one!')
})

test('views name everyone who has the document open', async () => {
  const { file, anna } = await opened()
  const bert = await setup.sitDown(file, { name: 'Bert Cole', wanted: 'view' })
  await until(async () => (await heardOf(anna, 'View_Added')).length === 2)
  await tell(anna, 'Get_Views')
  const views = await lastOf(anna, 'Get_Views_Resp')
  expect(views).toMatchObject([
    { UserName: 'Anna Berg', UserId: 'annaberg', ReadOnly: false, IsCurrentView: true, ViewId: 1 },
    { UserName: 'Bert Cole', UserId: 'bertcole', ReadOnly: true, IsCurrentView: false, ViewId: 2 },
  ])
  await bert.leave()
  expect(await lastOf(anna, 'View_Removed')).toMatchObject({ ViewId: 2, Deprecated: true })
})

test('a host hides buttons of the bar, shows them again, and adds its own', async () => {
  const { anna } = await opened()
  const download = anna.office.getByRole('button', { name: 'Download' })
  await tell(anna, 'Hide_Button', { id: 'downloadas' })
  await download.waitFor({ state: 'hidden' })
  await tell(anna, 'Show_Button', { id: 'downloadas' })
  await download.waitFor()
  const button = { id: 'sign', imgurl: 'http://198.51.100.1/sign.svg', hint: 'Sign this <b>', insertBefore: 'download' }
  await tell(anna, 'Insert_Button', button)
  const sign = anna.office.getByRole('button', { name: 'Sign this <b>' })
  await sign.click()
  expect(await lastOf(anna, 'Clicked_Button')).toMatchObject({ Id: 'sign' })
  await tell(anna, 'Remove_Button', { id: 'sign' })
  await sign.waitFor({ state: 'detached' })
  expect(anna.requests.filter((url) => url.includes('198.51.100.1'))).toEqual([])
  expect(anna.problems).toEqual([])
})

test('a document that the host closes is saved, and then gone from the page', async () => {
  const { file, anna } = await opened()
  await typeInto(anna, ' more')
  await tell(anna, 'Close_Session')
  await anna.office.getByText('This document is closed.').waitFor()
  expect(await lastOf(anna, 'Session_Closed')).toMatchObject({ Reason: 'OwnerTermination' })
  await until(async () => (await setup.host.text(file)) === 'one more')
})

test('a copy is saved under another name, from the bar and for the host, with what was typed last', async () => {
  const { file, anna } = await opened()
  await typeInto(anna, ' and all')
  await anna.office.getByRole('button', { name: 'Save as', exact: true }).click()
  await anna.page.keyboard.type('Draft')
  await anna.page.keyboard.press('Enter')
  await anna.office.getByText('Saved as “Draft.txt”.').waitFor()
  await tell(anna, 'Action_SaveAs', { Filename: 'other.md', Notify: true })
  expect(await lastOf(anna, 'Action_Save_Resp')).toMatchObject({ success: true, fileName: 'other.md' })
  await tell(anna, 'Action_SaveAs', { Filename: 'other.docx', Notify: true })
  expect(await lastOf(anna, 'Action_Save_Resp', 2)).toMatchObject({ success: false })
  for (const name of ['Draft.txt', 'other.md']) {
    const copy = await setup.host.storage.child('root', name)
    expect(copy && (await setup.host.text(copy))).toBe('one and all')
  }
  expect(await setup.host.text(file)).toBe('one')
})

test('a picture is copied too', async () => {
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"/>'
  const file = await setup.host.add('dot.svg', drawing)
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await lastOf(anna, 'Doc_ModifiedStatus')
  await tell(anna, 'Action_SaveAs', { Filename: 'twin', Notify: true })
  expect(await lastOf(anna, 'Action_Save_Resp')).toMatchObject({ success: true, fileName: 'twin.svg' })
  const twin = await setup.host.storage.child('root', 'twin.svg')
  expect(twin && (await setup.host.text(twin))).toBe(drawing)
})

test('messages from elsewhere, of no known kind, or without what they need do nothing', async () => {
  const { anna } = await opened()
  const before = (await anna.heard()).length
  await tell(anna, 'Action_Explode')
  await tell(anna, 'Hide_Button')
  await anna.office.locator('body').evaluate(() => {
    window.postMessage(JSON.stringify({ MessageId: 'Close_Session', Values: {} }), '*')
  })
  await tell(anna, 'Get_User_State')
  expect(await lastOf(anna, 'Get_User_State_Resp')).toMatchObject({ State: 'active' })
  expect((await anna.heard()).length).toBe(before + 1)
})
