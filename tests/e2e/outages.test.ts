import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Fault, faultyWay } from '../../packages/storage-sql/test/blobs/faulty-way.ts'
import { newBucket, objectStores } from '../../packages/storage-sql/test/blobs/object-stores.ts'
import { postgres } from '../../packages/storage-sql/test/databases.ts'
import type { startPostgres } from '../../scripts/postgres.js'
import { launch, until } from './desk.ts'
import { type Editor, lines, other, type Pair, startPair, type, words } from './pair.ts'

// Two servers, a database and a browser start for each; a slow machine takes its time, and so does giving up on something.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 240_000 })

let server: Awaited<ReturnType<typeof startPostgres>>
const databases = postgres((started) => {
  server = started
})
let browser: Browser

beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

/** Someone who has written the first words, which are in the file. */
async function begun({ add, open, text }: Pair) {
  const id = await add('notes.txt')
  const editor = await open(id)
  await type(editor, words(0, 5))
  await saved({ id, text }, words(0, 5))
  return { id, editor }
}

const saved = ({ id, text }: Pick<Pair, 'text'> & { id: string }, wanted: string) =>
  until(async () => (await text(id).catch(() => '')) === wanted, 'everything is in the file', 90_000)

/** What the bar of an editor says about saving. */
const state = async ({ frame }: Editor): Promise<string> => (await frame.locator('.state').textContent()) ?? ''

const unsaved = /^Not (saved yet|connected), trying again$/

/** Waits until whoever types is told that it is not saved, and this. */
async function isTold(editor: Editor, notice: string): Promise<void> {
  await until(async () => unsaved.test(await state(editor)), 'the bar says that it is not saved', 60_000)
  await editor.frame.locator('.notice', { hasText: notice }).waitFor({ timeout: 60_000 })
}

/** Longer than the place of a page is kept that does not come back, in milliseconds. */
const long = 35_000

/** For a long while, nobody is told that anything is saved. */
async function staysUnsaved(editor: Editor): Promise<void> {
  const end = Date.now() + long
  await until(
    async () => {
      expect(await state(editor)).not.toMatch(/^Saved/)
      return Date.now() > end
    },
    'that time passes',
    2 * long,
  )
}

/** Nothing is missing, nothing is there twice, and nobody is asked to do anything about it. */
async function isWhole(editor: Editor, wanted: string): Promise<void> {
  // A server that opens what the one before it has saved does not know when that was.
  await expect.poll(() => state(editor), { timeout: 90_000 }).toMatch(/^(Saved at |No changes$)/)
  await until(async () => (await lines(editor).innerText()) === wanted, `the page shows ${wanted}`, 60_000)
  await until(async () => (await editor.frame.locator('.notice').count()) === 0, 'nobody is asked anything', 60_000)
}

test('the database goes away for long while someone types, who is told to stay, and all of it is saved once it is back', async () => {
  const pair = await startPair({ browser, databases })
  const { id, editor } = await begun(pair)
  await server.down('crash')
  try {
    await lines(editor).pressSequentially(words(5, 10))
    await isTold(editor, 'Keep this page open')
    await lines(editor).pressSequentially(words(10, 15))
    await staysUnsaved(editor)
  } finally {
    await server.up()
  }
  await saved({ id, ...pair }, words(0, 15))
  await isWhole(editor, words(0, 15))
  for (const { url } of pair.nodes)
    expect(await (await fetch(`${url}/api/failed-saves`)).json()).toMatchObject({ items: [] })
  await type(editor, 'and on')
  await saved({ id, ...pair }, `${words(0, 15)}and on`)
})

for (const how of ['cut', 'silent'] as const)
  test(`the way from the server on which a document lives to the database is ${how}, and another one goes on with every word`, async () => {
    const pair = await startPair({ browser, databases })
    const { id, editor } = await begun(pair)
    const cutOff = await pair.home()
    const awake = other(pair.nodes, cutOff)
    // As a balancer does that asks servers whether they are ready; those who are connected stay so.
    pair.balancers.pages.balance([awake.url])
    cutOff.way.become(how)
    await lines(editor).pressSequentially(words(5, 10))
    await saved({ id, ...pair }, words(0, 10))
    expect(await pair.home()).toBe(awake)
    await isWhole(editor, words(0, 10))
    // What the one that was cut off has asked of the database may arrive now.
    cutOff.way.become('open')
    await lines(editor).pressSequentially(words(10, 15))
    await until(async () => (await fetch(`${cutOff.url}/readyz`)).ok, 'it is ready again', 60_000)
    await saved({ id, ...pair }, words(0, 15))
    await isWhole(editor, words(0, 15))
    expect(await pair.home()).toBe(awake)
  })

test('the bucket goes away while someone types, whose words are kept, and saved once it is back', async () => {
  let fault: Fault | undefined
  const { where } = await newBucket(objectStores[0] ?? 'swift')
  const way = await faultyWay(where.endpoint, () => fault)
  const blobs = `s3://${where.bucket}/x?${new URLSearchParams({ endpoint: way.endpoint, region: where.region })}`
  const { accessKeyId, secretAccessKey } = where.credentials
  const env = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
  const pair = await startPair({ browser, databases, blobs, env })
  const { id, editor } = await begun(pair)
  fault = { status: 503, code: 'ServiceUnavailable' }
  await lines(editor).press('Control+End')
  await lines(editor).pressSequentially(words(5, 10))
  await isTold(editor, 'Your changes are kept here')
  await until(async () => (await pair.kept(id)) === words(0, 10), 'every word is kept')
  fault = undefined
  await saved({ id, ...pair }, words(0, 10))
  await isWhole(editor, words(0, 10))
})
