import type { BrowserContext } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import type { Seat } from './support/browser.ts'
import { officeInBrowser } from './support/in-browser.ts'
import { until } from './support/setup.ts'
import { paragraph, run, wordDocument } from './word/documents.ts'

vi.setConfig({ testTimeout: 90_000 })

const setup = officeInBrowser()
const letter = wordDocument(paragraph(run('Dear friends')))

/** Has something happen right before the first request of this kind goes out. */
const before = (path: string, happens: () => Promise<unknown>) => async (context: BrowserContext) => {
  await context.route(
    (url) => url.pathname.endsWith(path),
    async (route) => {
      await happens()
      await route.continue()
    },
    { times: 1 },
  )
}

const waiting = 'cannot be reached, or answers with an error. Trying again…'
const says = (seat: Seat, text: string) => seat.office.getByText(text).waitFor()
const reads = (seat: Seat, text: string) => seat.office.getByText(text).first().waitFor()

const kinds = [
  ['a text', 'notes.txt', 'Dear friends'],
  ['a Word document', 'letter.docx', letter],
] as const

test.each(kinds)('%s opens by itself when its host comes back', async (_, name, content) => {
  const { host } = setup
  const file = await host.add(name, content)
  const anna = await setup.sitDown(file, { prepare: before('/api/open', host.goAway) })
  await says(anna, waiting)
  await host.comeBack()
  await reads(anna, 'Dear friends')
  await until(async () => (await anna.office.getByText(waiting).count()) === 0)
  expect(anna.problems).toEqual([])
})

test.each(kinds)('%s opens by itself when the office comes back', async (_, name, content) => {
  const { host, office } = setup
  const file = await host.add(name, content)
  const anna = await setup.sitDown(file, { prepare: before('/api/open', office.stop) })
  await says(anna, waiting)
  await office.startAgain()
  await reads(anna, 'Dear friends')
  await until(async () => (await anna.office.getByText(waiting).count()) === 0)
})

test('a file that is only shown opens by itself too', async () => {
  const { host } = setup
  const file = await host.add('dot.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>')
  const anna = await setup.sitDown(file, { wanted: 'view', prepare: before('/api/content', host.goAway) })
  await says(anna, waiting)
  await host.comeBack()
  await anna.office.locator('.stage img').waitFor()
})

test('a document opens by itself that was asked for while its host was away, and no token is in the page that waits', async () => {
  const { host } = setup
  const file = await host.add('letter.docx', letter)
  const tokens: string[] = []
  const goAway = before('/edit', host.goAway)
  const anna = await setup.sitDown(file, {
    async prepare(context) {
      context.on('request', (request) =>
        tokens.push(new URLSearchParams(request.postData() ?? '').get('access_token') ?? ''),
      )
      await goAway(context)
    },
  })
  await says(anna, waiting)
  const html = await anna.office.locator('html').innerHTML()
  const token = tokens.find((one) => one !== '') ?? ''
  expect(token).not.toBe('')
  expect(html).not.toContain(token)
  await host.comeBack()
  await reads(anna, 'Dear friends')
  expect(anna.problems).toEqual([])
})

test('whoever does not want to wait tries at once', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'Dear friends')
  const goAway = before('/edit', host.goAway)
  const anna = await setup.sitDown(file, {
    async prepare(context) {
      // What the page asks by itself goes astray, so that it is the click that helps.
      await context.route(
        (url) => url.pathname.endsWith('/edit'),
        (route) => (route.request().resourceType() === 'fetch' ? route.abort() : route.fallback()),
      )
      await goAway(context)
    },
  })
  await says(anna, waiting)
  await host.comeBack()
  await anna.office.getByRole('button', { name: 'Try now' }).click()
  await reads(anna, 'Dear friends')
})

test('what was asked for while the host was away and is refused when it is back is refused at once', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'Dear friends')
  const anna = await setup.sitDown(file, { prepare: before('/edit', host.goAway) })
  await says(anna, waiting)
  host.allow('Anna Berg', undefined)
  await host.comeBack()
  await says(anna, 'You cannot open this document')
})

test('what is refused is said at once, and not asked for again', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'Dear friends')
  const refuse = async () => host.allow('Anna Berg', undefined)
  const anna = await setup.sitDown(file, { prepare: before('/api/open', refuse) })
  await says(anna, 'It is gone, or you may no longer see it, or this link has ended.')
  expect(anna.requests.filter((url) => url.endsWith('/api/open'))).toHaveLength(1)
})
