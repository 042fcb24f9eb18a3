import type { StoredFile } from '@openwopi/host'
import { expect, test } from 'vitest'
import { officeInBrowser } from './support/in-browser.ts'
import { until } from './support/setup.ts'

const setup = officeInBrowser()

const hour = 3_600_000

const isFree = async (file: StoredFile) => {
  const lock = await setup.host.lockOf(file)
  return !lock || lock.releasedAt !== undefined
}

/** Takes the lock that the office holds, in the name of another program. */
const takeLock = (file: StoredFile) =>
  until(async () => {
    const held = await setup.host.lockOf(file)
    const by = { id: 'w', name: 'Wanda' }
    const theirs = { id: 'other', expiresAt: Date.now() + hour, version: file.version, by }
    return held && (await setup.host.locks.swap(file.id, held, theirs)) && theirs
  })

test('what is typed is saved by itself, and the file is unlocked when the page is left', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'first line\n')
  const anna = await setup.sitDown(file)
  await anna.office.locator('.cm-content').waitFor()
  await until(async () => (await anna.state()) === 'No changes')
  expect(await host.lockOf(file)).toMatchObject({ id: expect.stringMatching(/^openwopi-/) })
  await anna.type('second line')
  await until(async () => (await host.text(file)) === 'first line\nsecond line')
  await until(async () => (await anna.state()).startsWith('Saved at '))
  await anna.leave()
  await until(() => isFree(file))
  expect(anna.problems).toEqual([])
})

test('a page that is closed before the autosave is saved first and unlocked after that', async () => {
  await setup.startAnew({ autosaveAfter: 60_000 })
  const { host } = setup
  const file = await host.add('notes.txt', 'one')
  const anna = await setup.sitDown(file)
  await anna.type(' two')
  await until(async () => (await anna.state()) === 'Unsaved changes')
  await anna.leave()
  await until(() => isFree(file))
  expect(await host.text(file)).toBe('one two')
  const writes = () =>
    host.events.map(({ operation }) => operation).filter((name) => name === 'putFile' || name === 'unlock')
  await expect.poll(writes).toEqual(['putFile', 'unlock'])
  expect(host.calls('putFile')[0]?.save).toMatchObject({ isExitSave: true, isModifiedByUser: true })
})

test('opening and closing without an edit, or with one that is undone, writes nothing', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'as it is')
  const anna = await setup.sitDown(file)
  await anna.type('x')
  await anna.page.keyboard.press('Control+z')
  await until(async () => (await anna.state()) === 'No changes' || (await anna.state()).startsWith('Saved'))
  await anna.leave()
  await until(() => isFree(file))
  const before = host.calls('putFile').length
  const bert = await setup.sitDown(file, { name: 'Bert' })
  await bert.office.locator('.cm-content').waitFor()
  await bert.leave()
  await until(() => isFree(file))
  expect(host.calls('putFile').length).toBe(before)
  expect(await host.text(file)).toBe('as it is')
})

test.each([
  ['a byte order mark and CRLF', '\ufeffone\r\ntwo\r\n', '\ufeffone\r\ntwo\r\nthree\r\nfour'],
  ['line endings of all kinds', 'a\nb\r\nc\rd\n', 'a\nb\r\nc\rd\nthree\nfour'],
])('%s stay byte for byte as they were outside of an edit', async (_, before, after) => {
  const { host } = setup
  const file = await host.add('notes.txt', before)
  const anna = await setup.sitDown(file)
  await anna.type('three\nfour')
  await until(async () => (await host.bytes(file)).equals(Buffer.from(after)))
})

test('UTF-16 stays UTF-16', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', Buffer.from('\ufeffgrüß', 'utf16le'))
  const anna = await setup.sitDown(file)
  await anna.type(' dich')
  await until(async () => (await host.bytes(file)).equals(Buffer.from('\ufeffgrüß dich', 'utf16le')))
})

test('text in an unknown encoding is shown, and not written', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', Buffer.from('caf\xe9 cr\xe8me', 'latin1'))
  const anna = await setup.sitDown(file)
  await until(async () => (await anna.text()) === 'café crème')
  await anna.office.locator('.badge').click()
  expect(await anna.office.locator('.why').textContent()).toContain('not in UTF-8')
  await anna.page.keyboard.type('x')
  expect(await anna.text()).toBe('café crème')
  expect(host.calls('lock')).toEqual([])
})

test('what is no text is not opened, and can be downloaded', async () => {
  const file = await setup.host.add('strange.txt', new Uint8Array([0, 1, 2, 255, 254]))
  const anna = await setup.sitDown(file)
  expect(await anna.office.locator('.failure').textContent()).toContain('not text')
  await anna.office.getByRole('button', { name: 'Download' }).waitFor()
})

test('two people edit one text at once, under one lock, and both are named as its editors', async () => {
  const { host } = setup
  const file = await host.add('shared.md', '# Plan\n')
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  const bert = await setup.sitDown(file, { name: 'Bert Cole' })
  await anna.type('from Anna\n')
  await until(async () => (await bert.text()).includes('from Anna'))
  await bert.type('from Bert')
  await until(async () => (await anna.text()).includes('from Bert'))
  await until(async () => (await host.text(file)) === '# Plan\nfrom Anna\nfrom Bert')
  await until(async () => (await anna.office.locator('.avatar').count()) === 2)
  expect(await anna.office.locator('.avatar').allTextContents()).toEqual(['ABAnna Berg (you)', 'BCBert Cole'])
  await until(async () => (await anna.office.locator('.remote-name').textContent()) === 'Bert Cole')
  const locks = new Set([(await host.lockOf(file))?.id])
  expect(locks.size).toBe(1)
  expect(host.calls('lock').filter(({ status }) => status !== 200)).toEqual([])
  const editors = () => [...new Set(host.calls('putFile').flatMap(({ save }) => save?.editors ?? []))].sort()
  await expect.poll(editors).toEqual(['annaberg', 'bertcole'])
  expect([...anna.problems, ...bert.problems]).toEqual([])
  await anna.leave()
  await until(async () => (await bert.office.locator('.avatar').count()) <= 1)
  await bert.type(', alone')
  await until(async () => (await host.text(file)).endsWith('from Bert, alone'))
})

test('who may only read sees changes as they are made, and makes none', async () => {
  const { host } = setup
  const file = await host.add('shared.txt', 'start\n')
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  const guest = await setup.sitDown(file, { name: 'Guest', wanted: 'view' })
  await anna.type('live')
  await until(async () => (await guest.text()).includes('live'))
  await guest.office.locator('.badge').waitFor()
  await guest.office.locator('.cm-content').click()
  await guest.page.keyboard.type('graffiti')
  expect(await guest.text()).toBe('start\nlive')
  await until(async () => !(await guest.state()).includes('Unsaved'))
  const other = await setup.sitDown(file, { name: 'Reader', canOnlyRead: true })
  await other.office.locator('.badge').click()
  expect(await other.office.locator('.why').textContent()).toBe('You may read this document, but not change it.')
})

test('viewing alone takes no lock and writes nothing', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'read me')
  const guest = await setup.sitDown(file, { wanted: 'view' })
  await until(async () => (await guest.text()) === 'read me')
  await guest.office.getByRole('button', { name: 'Edit' }).click()
  await until(async () => (await guest.heard()).some(({ MessageId }) => MessageId === 'UI_Edit'))
  await guest.leave()
  expect(host.events.map(({ operation }) => operation)).not.toContain('lock')
  expect(host.events.map(({ operation }) => operation)).not.toContain('putFile')
})

test('a lock that someone else holds opens read-only with the reason, until it is gone', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'theirs')
  const lock = { id: 'word', expiresAt: Date.now() + hour, version: file.version, by: { id: 'w', name: 'Wanda' } }
  expect(await host.locks.swap(file.id, undefined, lock)).toBe(true)
  const anna = await setup.sitDown(file)
  const notice = anna.office.locator('.notice')
  await notice.waitFor()
  expect(await notice.textContent()).toContain('editing this document in another program')
  expect(await notice.textContent()).toContain('Wanda')
  await anna.page.keyboard.type('x')
  expect(await anna.text()).toBe('theirs')
  expect(await host.locks.swap(file.id, lock, undefined)).toBe(true)
  await anna.office.getByRole('button', { name: 'Try again' }).click()
  await until(async () => (await anna.office.locator('.badge').isVisible()) === false)
  await anna.type(' and mine')
  await until(async () => (await host.text(file)) === 'theirs and mine')
})

test('when the lock is taken over, the text stays and can be saved as a copy', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'line\r\nmine')
  const anna = await setup.sitDown(file)
  await anna.office.locator('.cm-content').waitFor()
  await takeLock(file)
  await anna.type(' and more')
  const notice = anna.office.locator('.notice.warning')
  await notice.waitFor()
  expect(await notice.textContent()).toContain('Your last changes are not saved.')
  await expect.poll(() => anna.state()).toBe('Not saved')
  expect(await anna.text()).toBe('line\nmine and more')
  await anna.office.getByRole('button', { name: 'Save as a copy' }).click()
  await anna.office.getByText('Saved as').waitFor()
  const copy = await host.storage.child('root', 'notes (copy).txt')
  expect(copy && (await host.text(copy))).toBe('line\r\nmine and more')
  expect(await host.text(file)).toBe('line\r\nmine')
})

test('what was given up does not come back', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'mine')
  const anna = await setup.sitDown(file)
  await anna.office.locator('.cm-content').waitFor()
  const theirs = await takeLock(file)
  await anna.type(' and more')
  await anna.office.getByRole('button', { name: 'Discard and reload' }).click()
  await anna.office.getByRole('button', { name: 'Discard', exact: true }).click()
  await until(async () => (await anna.text()) === 'mine')
  expect(await host.locks.swap(file.id, theirs, undefined)).toBe(true)
  await anna.office.getByRole('button', { name: 'Try again' }).click()
  await until(async () => !(await anna.office.locator('.badge').isVisible()))
  await anna.type(' again')
  await until(async () => (await host.text(file)) === 'mine again')
})
