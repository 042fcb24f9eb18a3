import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { Seat } from '../support/browser.ts'
import { line } from '../support/cut-off.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { painted, typeBehind } from './cursor.ts'
import { editing, letter, partOf } from './support.ts'

const setup = officeInBrowser()

const isAway = async (seat: Seat) => (await seat.state()) === 'Not connected, trying again'
const movedOn = 'The document has moved on without you'

test('what someone has typed while they were cut off, and someone else took over, is not in the document, and is offered to them', async () => {
  const { host } = setup
  const file = await host.add('Letter.docx', letter)
  const way = line()
  const anna = await setup.sitDown(file, { name: 'Anna Berg', prepare: way.prepare })
  await editing(anna)
  const bob = await setup.sitDown(file, { name: 'Bob Cole' })
  await painted(bob, 'Hello,').waitFor()
  await way.cut()
  await until(async () => isAway(anna))
  await typeBehind(anna, 'Hello,', ' from Anna')
  await bob.office.getByRole('button', { name: 'Write instead' }).click()
  await editing(bob)
  await typeBehind(bob, 'Hello,', ' from Bob')
  await until(async () => partOf(await host.bytes(file)).includes('Hello, from Bob'))
  way.mend()
  const notice = anna.office.locator('.notice', { hasText: movedOn })
  await notice.waitFor()
  await painted(anna, 'Hello, from Bob').waitFor()
  const downloading = anna.page.waitForEvent('download')
  await notice.getByRole('button', { name: 'Download' }).click()
  expect(partOf(await readFile(await (await downloading).path()))).toContain('Hello, from Anna')
  await bob.leave()
  await editing(anna)
  await typeBehind(anna, 'from Bob', ' and Anna')
  await until(async () => partOf(await host.bytes(file)).includes('Hello, from Bob and Anna'))
  await anna.leave()
})

test('whoever was cut off for a moment while they wrote goes on, although someone else is there', async () => {
  const { host, office } = setup
  const file = await host.add('Letter.docx', letter)
  const way = line()
  const anna = await setup.sitDown(file, { name: 'Anna Berg', prepare: way.prepare })
  await editing(anna)
  await typeBehind(anna, 'Hello,', ' from')
  const bob = await setup.sitDown(file, { name: 'Bob Cole' })
  await painted(bob, 'Hello, from').waitFor()
  await way.cut()
  await office.stop()
  await anna.page.keyboard.type(' Anna')
  await until(() => isAway(bob))
  await office.startAgain()
  await until(async () => !(await isAway(bob)))
  way.mend()
  await until(async () => partOf(await host.bytes(file)).includes('Hello, from Anna'))
  await painted(bob, 'Hello, from Anna').waitFor()
  expect(await anna.office.locator('.notice', { hasText: movedOn }).count()).toBe(0)
  await bob.office.locator('.notice', { hasText: 'Someone else is writing' }).waitFor()
  await anna.leave()
  await bob.leave()
})
