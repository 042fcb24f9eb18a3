import { expect, test } from 'vitest'
import { boxOf } from './support/box-of.ts'
import { officeInBrowser } from './support/in-browser.ts'
import { until } from './support/setup.ts'
import { smallPdf } from './support/small-pdf.ts'

const setup = officeInBrowser()

const isLocal = (url: string) => /^(data|blob):/.test(url) || new URL(url).hostname === '127.0.0.1'
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FAAhKDveksOjmAAAAAElFTkSuQmCC'

test('a PDF is drawn, and its text can be selected', async () => {
  const file = await setup.host.add('paper.pdf', smallPdf(['Hello from page one', 'And from page two']))
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await anna.office.locator('.textLayer span', { hasText: 'Hello from page one' }).waitFor()
  await expect.poll(() => anna.office.locator('.sheet').count()).toBe(2)
  await expect.poll(() => anna.office.locator('.reading').first().textContent()).toBe('1 / 2')
  const sheet = anna.office.locator('.sheet').first()
  const before = await boxOf(sheet)
  await anna.office.getByRole('button', { name: 'Zoom in' }).click()
  await until(async () => (await boxOf(sheet)).width > before.width)
  await anna.office.getByRole('button', { name: 'Next page' }).click()
  await until(async () => (await anna.office.locator('.reading').first().textContent()) === '2 / 2')
  expect(anna.requests.filter((url) => !isLocal(url))).toEqual([])
  expect(anna.problems).toEqual([])
})

test('a picture is shown', async () => {
  const file = await setup.host.add('dot.png', Buffer.from(pixel, 'base64'))
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await until(async () => (await anna.state()) === '10 × 10')
  expect(anna.problems).toEqual([])
})

test('an SVG is shown as a picture: it runs no script and loads nothing', async () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><script>window.top.postMessage('{"MessageId":"pwned"}','*')</script>
    <image href="http://198.51.100.1/x.png" width="5" height="5"/><rect width="9" height="9"/></svg>`
  const file = await setup.host.add('drawing.svg', svg)
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await until(async () => (await anna.state()) === '20 × 20')
  expect((await anna.heard()).map(({ MessageId }) => MessageId)).not.toContain('pwned')
  expect(anna.requests.filter((url) => !isLocal(url))).toEqual([])
})

test('what is broken says so', async () => {
  const picture = await setup.sitDown(await setup.host.add('broken.png', 'no picture'), { wanted: 'view' })
  await picture.office.getByText('This image cannot be shown').waitFor()
  const paper = await setup.sitDown(await setup.host.add('broken.pdf', 'no paper'), { wanted: 'view' })
  await paper.office.getByText('This PDF cannot be shown').waitFor()
})

test('Markdown is previewed as it is typed, without anything foreign in it', async () => {
  const source =
    '# Title\n\n<img src=x onerror=alert(1)> ![far](http://198.51.100.1/x.png) [bad](javascript:alert(1)) [good](https://example.org)\n'
  const file = await setup.host.add('page.md', source)
  const anna = await setup.sitDown(file)
  await anna.office.locator('.cm-content').waitFor()
  await anna.office.getByRole('button', { name: 'Text and preview' }).click()
  const preview = anna.office.locator('.preview-pane')
  await preview.locator('h1', { hasText: 'Title' }).waitFor()
  await anna.type('\n\n**bold**')
  await preview.locator('strong', { hasText: 'bold' }).waitFor()
  expect(await preview.locator('img').count()).toBe(0)
  expect(
    await preview.locator('a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
  ).toEqual(['https://example.org'])
  expect(anna.requests.filter((url) => !isLocal(url))).toEqual([])
  expect(anna.problems).toEqual([])
})

test('comma-separated values are previewed as a table', async () => {
  const file = await setup.host.add('planets.csv', 'Name,Moons\nEarth,1\n"Mars, red",2\n')
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await until(
    async () => (await anna.office.locator('.preview-pane td').allTextContents()).join('|') === 'Earth|1|Mars, red|2',
  )
})

test('source code is coloured, and can be searched', async () => {
  const file = await setup.host.add('program.ts', 'const answer: number = 42 // of course\n')
  const anna = await setup.sitDown(file)
  await until(async () => (await anna.office.locator('.cm-line span[class]').count()) > 3)
  await anna.office.getByRole('button', { name: 'Find' }).click()
  await anna.office.locator('.cm-search').waitFor()
  expect(anna.problems).toEqual([])
})

test('the host page is told what happens here, and nobody else is', async () => {
  const { host, office } = setup
  const file = await host.add('notes.txt', 'x')
  const anna = await setup.sitDown(file)
  await anna.type('yz')
  await until(async () => (await anna.heard()).some(({ MessageId }) => MessageId === 'Edit_Notification'))
  await anna.office.getByRole('button', { name: 'Share' }).click()
  await anna.office.getByRole('button', { name: 'Close' }).click()
  await until(async () => (await anna.heard()).some(({ MessageId }) => MessageId === 'UI_Close'))
  const heard = await anna.heard()
  expect(new Set(heard.map(({ origin }) => origin))).toEqual(new Set([office.url]))
  const asked = ['Edit_Notification', 'UI_Sharing', 'UI_Close']
  expect(heard.map(({ MessageId }) => MessageId).filter((id) => asked.includes(id))).toEqual(asked)
  const statuses = heard.filter(({ MessageId }) => MessageId === 'App_LoadingStatus')
  expect(statuses.map(({ Values }) => Values['Status'])).toEqual(['Initialized', 'Frame_Ready', 'Document_Loaded'])
})

test('a new name is given to the file, and told to everyone', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'x')
  const anna = await setup.sitDown(file)
  const bert = await setup.sitDown(file, { name: 'Bert' })
  await bert.office.locator('.cm-content').waitFor()
  await anna.office.locator('.name-button').click()
  await anna.page.keyboard.type('Grüße an alle')
  await anna.page.keyboard.press('Enter')
  await until(async () => (await host.storage.find(file.id))?.name === 'Grüße an alle.txt')
  await until(async () => (await bert.office.locator('.name-button').textContent()) === 'Grüße an alle.txt')
  await until(async () =>
    (await anna.heard()).some(
      ({ MessageId, Values }) => MessageId === 'File_Rename' && Values['NewName'] === 'Grüße an alle',
    ),
  )
  await anna.type('y')
  await until(async () => (await host.text(file)) === 'xy')
})

test('a renewed token keeps the document open', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'x')
  const anna = await setup.sitDown(file, { lifetime: 6 * 60_000 })
  await anna.office.locator('.cm-content').waitFor()
  setup.skip(2 * 60_000)
  await until(async () => (await anna.heard()).some(({ MessageId }) => MessageId === 'App_TokenExpiring'))
  const token = host.token(file)
  const Values = { token, ttl: String(Date.now() + 3_600_000) }
  await anna.page.evaluate(
    (data) => {
      document.querySelector('iframe')?.contentWindow?.postMessage(data, '*')
    },
    JSON.stringify({ MessageId: 'Reset_Access_Token', SendTime: 0, Values }),
  )
  await until(async () => !(await anna.office.locator('.notice').isVisible()))
  const before = host.calls('checkFileInfo').length
  setup.skip(10 * 60_000)
  await until(() => host.calls('checkFileInfo').length > before)
  await anna.type('y')
  await until(async () => (await host.text(file)) === 'xy')
})
