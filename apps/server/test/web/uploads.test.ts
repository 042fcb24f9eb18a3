import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { start, until } from '../start.ts'
import { launch, row, visit } from './a-browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

// A slow line is slow on purpose.
const patience = 90_000

/** A file outside the served folder that takes a slow line longer than a slow machine takes to stop it. */
const largeFile = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-upload-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'film.mp4')
  await writeFile(path, Buffer.alloc(6_000_000, 'film'))
  return path
}

/** Makes the line of a page slow. Returns the way to make it fast again. */
const slowLine = async (page: Page): Promise<() => Promise<unknown>> => {
  const session = await page.context().newCDPSession(page)
  const rate = (uploadThroughput: number) =>
    session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    })
  await rate(150_000)
  return () => rate(-1)
}

/** Where in the file each stretch of an upload has begun. */
const offsetsOf = (page: Page): number[] => {
  const offsets: number[] = []
  page.on('request', (request) => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']))
  })
  return offsets
}

const chooseFiles = (page: Page, files: Parameters<Page['setInputFiles']>[1]) =>
  page.locator('.bar input[type=file]').setInputFiles(files)

const hasBegun = (page: Page) =>
  until(async () => Number(await page.getByRole('progressbar').getAttribute('value')) > 200_000, 'some of it has left')

test('files are uploaded with the button, many at once', async () => {
  const server = await start()
  const page = await visit(browser, server.url)
  await page.getByText('This folder is empty').waitFor()
  const names = ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt']
  await chooseFiles(
    page,
    names.map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) })),
  )
  await page.getByText('5 files uploaded').waitFor()
  for (const name of names) expect(await readFile(join(server.folder, name), 'utf8')).toBe(name)
  await row(page, 'e.txt').waitFor()
})

test('a file whose name is taken is put beside the old one, in its place, or nowhere, as one likes', async () => {
  const server = await start({ files: { 'a.txt': 'old' } })
  const page = await visit(browser, server.url)
  await row(page, 'a.txt').waitFor()
  const upload = (text: string) =>
    chooseFiles(page, { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await upload('beside')
  await page.getByRole('button', { name: 'Keep both' }).click()
  await until(async () => (await server.list()).files.length === 2, 'there are two files')
  expect(await readFile(join(server.folder, 'a.txt'), 'utf8')).toBe('old')
  await upload('instead')
  await page.getByRole('button', { name: 'Replace' }).click()
  await until(
    async () => (await readFile(join(server.folder, 'a.txt'), 'utf8')) === 'instead',
    'the old one is replaced',
  )
  await upload('nowhere')
  await page.getByRole('button', { name: 'Skip' }).click()
  await page.getByRole('button', { name: 'Skip' }).waitFor({ state: 'detached' })
  expect((await server.list()).files.length).toBe(2)
})

test(
  'an upload that is paused goes on where it stopped',
  async () => {
    const server = await start()
    const path = await largeFile()
    const page = await visit(browser, server.url)
    const offsets = offsetsOf(page)
    await page.getByText('This folder is empty').waitFor()
    const speedUp = await slowLine(page)
    await chooseFiles(page, path)
    await hasBegun(page)
    await page.getByRole('button', { name: 'Pause film.mp4' }).click()
    await page.getByText(/^Paused/).waitFor()
    await speedUp()
    await page.getByRole('button', { name: 'Go on with film.mp4' }).click()
    await page.getByText('1 file uploaded').waitFor()
    expect(offsets.at(-1)).toBeGreaterThan(0)
    expect(await readFile(join(server.folder, 'film.mp4'))).toEqual(await readFile(path))
  },
  patience,
)

test(
  'an upload whose connection breaks goes on by itself once there is one again',
  async () => {
    const server = await start()
    const path = await largeFile()
    const page = await visit(browser, server.url)
    const offsets = offsetsOf(page)
    await page.getByText('This folder is empty').waitFor()
    const speedUp = await slowLine(page)
    await chooseFiles(page, path)
    await hasBegun(page)
    await server.stop()
    await page.getByText('Connection lost. Goes on by itself.').waitFor()
    await speedUp()
    await start({ on: server, config: { port: Number(new URL(server.url).port) } })
    await page.getByText('1 file uploaded').waitFor()
    expect(offsets.at(-1)).toBeGreaterThan(0)
    expect(await readFile(join(server.folder, 'film.mp4'))).toEqual(await readFile(path))
  },
  patience,
)

test(
  'an upload that a reload has stopped goes on once the file is chosen again',
  async () => {
    const server = await start()
    const path = await largeFile()
    const page = await visit(browser, server.url)
    page.on('dialog', (dialog) => void dialog.accept())
    await page.getByText('This folder is empty').waitFor()
    const speedUp = await slowLine(page)
    await chooseFiles(page, path)
    await hasBegun(page)
    await page.reload()
    const offsets = offsetsOf(page)
    await speedUp()
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose file' }).click()
    await (await choosing).setFiles(path)
    await page.getByText('1 file uploaded').waitFor()
    expect(offsets).toEqual([expect.any(Number)])
    expect(offsets[0]).toBeGreaterThan(0)
    expect(await readFile(join(server.folder, 'film.mp4'))).toEqual(await readFile(path))
  },
  patience,
)

test('a file that is larger than the server takes is not even begun', async () => {
  const server = await start({ config: { maxFileSize: 1000 } })
  const page = await visit(browser, server.url)
  await page.getByText('This folder is empty').waitFor()
  await chooseFiles(page, { name: 'big.bin', mimeType: 'x/y', buffer: Buffer.alloc(2000) })
  await page.getByText(/Larger than the 1 kB/).waitFor()
})

test('a folder that is dropped comes with all that is in it, and joins the one of its name', async () => {
  const server = await start({ files: { 'trip/old.txt': 'old' } })
  const dropped = await mkdtemp(join(tmpdir(), 'openwopi-drop-'))
  onTestFinished(() => rm(dropped, { recursive: true }))
  await mkdir(join(dropped, 'trip', 'day one'), { recursive: true })
  await writeFile(join(dropped, 'trip', 'plan.txt'), 'plan')
  await writeFile(join(dropped, 'trip', 'day one', 'harbour.txt'), 'harbour')
  const page = await visit(browser, server.url)
  await row(page, 'trip').waitFor()
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [join(dropped, 'trip')], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data })
  await page.getByText('2 files uploaded').waitFor()
  expect(await readFile(join(server.folder, 'trip', 'plan.txt'), 'utf8')).toBe('plan')
  expect(await readFile(join(server.folder, 'trip', 'day one', 'harbour.txt'), 'utf8')).toBe('harbour')
  expect(await readFile(join(server.folder, 'trip', 'old.txt'), 'utf8')).toBe('old')
})

test(
  'an upload that is cancelled leaves nothing behind, here or there',
  async () => {
    const server = await start()
    const path = await largeFile()
    const page = await visit(browser, server.url)
    await page.getByText('This folder is empty').waitFor()
    await slowLine(page)
    await chooseFiles(page, path)
    await hasBegun(page)
    await page.getByRole('button', { name: 'Pause film.mp4' }).click()
    const forgotten = page.waitForResponse((response) => response.request().method() === 'DELETE' && response.ok())
    await page.getByRole('button', { name: 'Cancel film.mp4' }).click()
    await forgotten
    await page.getByRole('complementary', { name: 'Uploads' }).waitFor({ state: 'detached' })
    await until(() => page.evaluate(() => localStorage.length === 0), 'no note of it is kept')
    expect((await server.list()).total).toBe(0)
  },
  patience,
)
