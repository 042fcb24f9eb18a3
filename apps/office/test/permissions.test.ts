import { expect, test } from 'vitest'
import { officeInBrowser } from './support/in-browser.ts'
import { until } from './support/setup.ts'

const setup = officeInBrowser()

const fiveMinutes = 5 * 60_000

test('who may no longer see a document is out within five minutes, and the others go on', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'start ')
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  const bert = await setup.sitDown(file, { name: 'Bert Cole' })
  await anna.type('Anna ')
  await until(async () => (await bert.text()).includes('Anna'))
  host.allow('Anna Berg', undefined)
  setup.skip(fiveMinutes)
  await anna.office.locator('.notice', { hasText: 'You may no longer see this document' }).waitFor()
  await bert.type('Bert')
  await until(async () => (await host.text(file)) === 'start Anna Bert')
  expect(await anna.text()).toBe('start Anna ')
})

test('who may only read from now on is told so, and can write again when that is given back', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'start ')
  const anna = await setup.sitDown(file)
  await anna.type('one ')
  await until(async () => (await host.text(file)) === 'start one ')
  host.allow('Anna Berg', 'reading')
  setup.skip(fiveMinutes)
  await anna.office.locator('.badge').waitFor()
  await anna.page.keyboard.type('no')
  expect(await anna.text()).toBe('start one ')
  host.allow('Anna Berg', 'everything')
  setup.skip(fiveMinutes)
  await anna.office.locator('.badge').waitFor({ state: 'hidden' })
  await anna.type('two')
  await until(async () => (await host.text(file)) === 'start one two')
})

test('the token of one who has left is not used for the edits of another', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'start ')
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  const bert = await setup.sitDown(file, { name: 'Bert Cole' })
  await anna.type('Anna ')
  await until(async () => (await host.text(file)) === 'start Anna ')
  const last = () => host.calls('putFile').at(-1)
  await expect.poll(() => last()?.user?.name).toBe('Anna Berg')
  await anna.leave()
  await bert.type('Bert')
  await until(async () => (await host.text(file)) === 'start Anna Bert')
  await expect.poll(() => [last()?.user?.name, last()?.save?.editors]).toEqual(['Bert Cole', ['bertcole']])
})

test('a text that nobody edits here is read again when it has changed', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'as it was')
  const guest = await setup.sitDown(file, { wanted: 'view' })
  await until(async () => (await guest.text()) === 'as it was')
  await host.change(file, 'as it is')
  setup.skip(fiveMinutes)
  await until(async () => (await guest.text()) === 'as it is')
})

test('a document that is empty yet can be written', async () => {
  const { host } = setup
  const file = await host.add('new.md', '')
  const anna = await setup.sitDown(file)
  await anna.type('# First words')
  await until(async () => (await host.text(file)) === '# First words')
})
