import { expect, test } from 'vitest'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { goTo, gridOf, spoken, typeInto } from './support.ts'

const setup = officeInBrowser()

test('a table is typed into as a sheet, and keeps its delimiter, quotes, line ends and encoding', async () => {
  const { host } = setup
  const before = '\ufeffName;"Moons";Since\r\n"Mars; red";"2";1877\r\nJupiter;95;007\r\n'
  const file = await host.add('planets.csv', Buffer.from(before, 'utf16le'))
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await goTo(anna, 'A2')
  await until(async () => (await spoken(anna)) === 'A2: Mars; red')
  await typeInto(anna, 'B2', '3')
  await typeInto(anna, 'D3', 'giant; large')
  await typeInto(anna, 'B4', '=B2+B3')
  const after = '\ufeffName;"Moons";Since\r\n"Mars; red";"3";1877\r\nJupiter;95;007;"giant; large"\r\n;98\r\n'
  await until(async () => (await host.bytes(file)).toString('utf16le') === after)
  expect(anna.problems).toEqual([])
})

test('two people type into one table, one in the sheet and one in the text', async () => {
  const { host } = setup
  const file = await host.add('planets.csv', 'Name,Moons\nEarth,1\n')
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  await gridOf(anna)
  const bert = await setup.sitDown(file, { name: 'Bert Cole' })
  await gridOf(bert)
  await bert.office.getByRole('button', { name: 'Text', exact: true }).click()
  await typeInto(anna, 'B2', '2')
  await until(async () => (await bert.text()) === 'Name,Moons\nEarth,2\n')
  await bert.type('Mars,2')
  await until(async () => (await host.text(file)) === 'Name,Moons\nEarth,2\nMars,2')
  await gridOf(anna)
  await goTo(anna, 'A3')
  await until(async () => (await spoken(anna)) === 'A3: Mars')
})

test('a short table of two columns is known by its semicolons, also where its last line ends', async () => {
  const { host } = setup
  const file = await host.add('short.csv', 'abc;123\ndef;456\nghi;789\n')
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await typeInto(anna, 'A2', 'xyz')
  await until(async () => (await host.text(file)) === 'abc;123\nxyz;456\nghi;789\n')
})
