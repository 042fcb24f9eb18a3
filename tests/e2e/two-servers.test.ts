import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Browser, FrameLocator } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import { textName } from '../../apps/office/src/documents/text/text-format.ts'
import { sqlDocuments } from '../../apps/server/src/office/sql-documents.ts'
import { openStateDatabase } from '../../apps/server/src/state/open-state.ts'
import { postgres } from '../../packages/storage-sql/test/databases.ts'
import { type Balancer, startBalancer } from './balancer.ts'
import { launch, until } from './desk.ts'

// Two servers, a database and a browser start for each; a slow machine takes its time.
vi.setConfig({ testTimeout: 240_000 })

const command = fileURLToPath(new URL('../../apps/server/bin/openwopi.js', import.meta.url))
const databases = postgres()
let browser: Browser

beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

/** A server in a process of its own, as it listens. */
interface Node {
  readonly child: ChildProcess
  readonly url: string
  readonly officeUrl: string
}

/** A document in someone's browser. */
interface Editor {
  readonly frame: FrameLocator
  leave(): Promise<void>
}

/** Two servers of one database behind a balancer that sends each request to the next of them. */
interface Pair {
  readonly url: string
  readonly nodes: readonly Node[]
  /** Those servers alone get requests from now on. */
  only(...nodes: readonly Node[]): void
  /** What is in a file, as the host has it. */
  text(id: string): Promise<string>
  /** Makes an empty file, and gives back its id. */
  add(name: string): Promise<string>
  /** Opens a file in its editor. */
  open(id: string): Promise<Editor>
  /** The server on which the session of the document lives that is open. */
  home(): Promise<Node>
  /** What would be left of the text if all servers died now. */
  kept(id: string): Promise<string>
  /** What the database says. */
  rows(sql: string): Promise<readonly Record<string, unknown>[]>
}

async function pair(): Promise<Pair> {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-two-'))
  const [pages, office] = [await startBalancer(), await startBalancer()]
  const database = await databases.fresh()
  const about = { folder, database, pages, office }
  const nodes = [await startNode('one', about), await startNode('other', about)]
  onTestFinished(async () => {
    for (const { child } of nodes) await kill(child)
    await Promise.all([pages.close(), office.close()])
    await rm(folder, { recursive: true, force: true })
  })
  const only = (...some: readonly Node[]) => {
    pages.balance(some.map(({ url }) => url))
    office.balance(some.map(({ officeUrl }) => officeUrl))
  }
  only(...nodes)
  const rows = async (sql: string) => {
    const client = new pg.Client({ connectionString: database })
    await client.connect()
    return (await client.query(sql).finally(() => client.end())).rows
  }
  const { url } = pages
  const own = { 'X-OpenWOPI': '1', Origin: url }
  return {
    url,
    nodes,
    only,
    text: async (id) => (await fetch(`${url}/download/${id}`)).text(),
    async add(name) {
      const body = JSON.stringify({ name })
      const headers = { ...own, 'Content-Type': 'application/json' }
      const answer = await fetch(`${url}/api/folders/root/files`, { method: 'POST', headers, body })
      const { id }: { readonly id: string } = await answer.json()
      return id
    },
    async open(id) {
      const context = await browser.newContext()
      onTestFinished(() => context.close())
      const page = await context.newPage()
      await page.goto(`${url}/open/${id}`)
      return { frame: page.frameLocator('iframe'), leave: () => context.close() }
    },
    rows,
    async kept(id) {
      const { db, engine, close } = await openStateDatabase({ database, dataFolder: folder })
      const store = { db, engine, node: 'nobody', now: Date.now }
      const found = await sqlDocuments(store).load(`${url}/wopi/files/${id}`).finally(close)
      const document = new Y.Doc()
      if (found) Y.applyUpdate(document, found.state)
      return document.getText(textName).toString()
    },
    async home() {
      const found = await rows('select address from office_homes join office_nodes using (node)')
      const node = nodes.find(({ officeUrl }) => officeUrl === found[0]?.['address'])
      if (found.length !== 1 || !node) throw new Error(`the document lives at ${JSON.stringify(found)}`)
      return node
    },
  }
}

interface About {
  readonly folder: string
  readonly database: string
  readonly pages: Balancer
  readonly office: Balancer
}

async function startNode(name: string, { folder, database, pages, office }: About): Promise<Node> {
  const flags = ['--data', join(folder, name), '--database', database, '--blobs', join(folder, 'blobs'), '--port', '0']
  const addresses = ['--public-url', pages.url, '--office-url', office.url]
  const child = spawn(process.execPath, [command, 'serve', folder, ...flags, ...addresses], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('"listening"')) continue
    child.stdout.resume()
    // What it says is where the balancers are.
    const told = async (file: string) => JSON.parse(await readFile(join(folder, name, file), 'utf8'))
    const { url } = await told('running.json')
    const { office: port } = await told('ports.json')
    return { child, url, officeUrl: `http://127.0.0.1:${port}` }
  }
  throw new Error('the server ended before it listened')
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

const lines = ({ frame }: Editor) => frame.locator('.cm-content')

async function type(editor: Editor, text: string): Promise<void> {
  await lines(editor).click()
  await lines(editor).press('Control+End')
  await lines(editor).pressSequentially(text)
}

const words = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `word${from + index} `).join('')

const other = (nodes: readonly Node[], one: Node): Node => {
  const found = nodes.find((node) => node !== one)
  if (!found) throw new Error('there is only one server')
  return found
}

test('two people whose requests reach different servers edit one document', async () => {
  const { add, open, text } = await pair()
  const id = await add('notes.txt')
  const ann = await open(id)
  await type(ann, 'from Ann. ')
  const bob = await open(id)
  await lines(bob).getByText('from Ann.').waitFor()
  await type(bob, 'from Bob.')
  await lines(ann).getByText('from Bob.').waitFor()
  await until(async () => (await text(id)) === 'from Ann. from Bob.', 'both are in the file')
})

test('the server on which a document lives is killed while someone types, who types on, and all of it is saved', async () => {
  const { add, open, text, home, nodes } = await pair()
  const id = await add('notes.txt')
  const ann = await open(id)
  await type(ann, words(0, 5))
  const died = await home()
  const typing = type(ann, words(5, 30))
  await kill(died.child)
  await typing
  await until(async () => (await text(id)) === words(0, 30), 'everything is in the file', 60_000)
  expect(await home()).toBe(other(nodes, died))
  await type(ann, 'and on')
  await until(async () => (await text(id)) === `${words(0, 30)}and on`, 'it goes on')
  expect(await lines(ann).innerText()).toBe(`${words(0, 30)}and on`)
})

test('what was typed is kept although the server and the browser of whoever typed it die together', async () => {
  const { add, open, text, home, kept } = await pair()
  const id = await add('notes.txt')
  const ann = await open(id)
  await type(ann, words(0, 3))
  await until(async () => (await text(id)) === words(0, 3), 'the beginning is in the file')
  const died = await home()
  await lines(ann).press('Control+End')
  await lines(ann).pressSequentially('last words')
  await until(async () => (await kept(id)) === `${words(0, 3)}last words`, 'it is kept')
  await Promise.all([kill(died.child), ann.leave()])
  const bob = await open(id)
  await lines(bob).waitFor()
  await lines(bob).getByText('last words').waitFor()
  await until(async () => (await text(id)) === `${words(0, 3)}last words`, 'the last words are in the file')
})

test('a server that was paused until another took over changes nothing when it wakes up', async () => {
  const { add, open, text, home, nodes, only } = await pair()
  const id = await add('notes.txt')
  const ann = await open(id)
  await type(ann, words(0, 5))
  const paused = await home()
  await lines(ann).pressSequentially('unsaved ')
  paused.child.kill('SIGSTOP')
  const awake = other(nodes, paused)
  only(awake)
  await lines(ann).pressSequentially(words(5, 10))
  const whole = `${words(0, 5)}unsaved ${words(5, 10)}`
  await until(async () => (await text(id)) === whole, 'the other one has saved', 60_000)
  expect(await home()).toBe(awake)
  paused.child.kill('SIGCONT')
  only(...nodes)
  const bob = await open(id)
  await lines(bob).getByText('word9').waitFor()
  await type(bob, 'at the end')
  await until(async () => (await text(id)) === `${whole}at the end`, 'what came later is in the file')
  await until(async () => (await fetch(`${paused.url}/readyz`)).ok, 'the paused one answers')
  expect(await home()).toBe(awake)
  expect(await text(id)).toBe(`${whole}at the end`)
  await lines(ann).getByText('at the end').waitFor()
})

test('a server that is told to stop hands its documents over, and nobody waits for a lease', async () => {
  const { add, open, text, home, nodes, rows } = await pair()
  const id = await add('notes.txt')
  const ann = await open(id)
  await type(ann, words(0, 5))
  const stopped = await home()
  const typing = type(ann, words(5, 20))
  const ended = once(stopped.child, 'exit')
  stopped.child.kill('SIGTERM')
  await typing
  await until(async () => (await text(id)) === words(0, 20), 'everything is in the file')
  expect(await home()).toBe(other(nodes, stopped))
  expect(await rows('select node from office_nodes')).toHaveLength(1)
  await ended
  expect(stopped.child.exitCode).toBe(0)
})
