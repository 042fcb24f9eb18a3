import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { textName } from '../../apps/office/src/documents/text/text-format.ts'
import { sqlDocuments } from '../../apps/server/src/office/sql-documents.ts'
import { openStateDatabase } from '../../apps/server/src/state/open-state.ts'
import type { Databases } from '../../packages/storage-sql/test/databases.ts'
import { openWay, type Way } from '../torture/cluster/way.ts'
import { type Balancer, startBalancer } from './balancer.ts'

const command = fileURLToPath(new URL('../../apps/server/bin/openwopi.js', import.meta.url))

/** A server in a process of its own, as it listens. */
export interface Node {
  readonly child: ChildProcess
  readonly url: string
  readonly officeUrl: string
  /** Its own way to the database. */
  readonly way: Way
}

/** A document in someone's browser. */
export interface Editor {
  readonly page: Page
  readonly frame: FrameLocator
  leave(): Promise<void>
}

/** Two servers of one database behind a balancer that sends each request to the next of them. */
export interface Pair {
  readonly url: string
  readonly nodes: readonly Node[]
  /** Of the pages and the WOPI host, and of the office: where the balancer sends requests. */
  readonly balancers: { readonly pages: Balancer; readonly office: Balancer }
  /** Those servers alone get requests from now on. */
  only(...nodes: readonly Node[]): void
  /** What is in a file, as the host has it. */
  text(id: string): Promise<string>
  /** What a file is made of, as the host has it. */
  bytes(id: string): Promise<Uint8Array>
  /** Makes an empty file, and gives back its id. */
  add(name: string): Promise<string>
  /** Puts a file there, and gives back its id. */
  upload(name: string, content: Uint8Array): Promise<string>
  /** Opens a file in its editor. */
  open(id: string): Promise<Editor>
  /** The server on which the session of the document lives that is open. */
  home(): Promise<Node>
  /** What would be left of the text if all servers died now. */
  kept(id: string): Promise<string>
  /** What the database says. */
  rows(sql: string): Promise<readonly Record<string, unknown>[]>
}

/** How long a page may take for anything on a machine that has much else to do, in milliseconds. */
const slowest = 90_000

/** What a pair is started with. */
export interface PairOptions {
  readonly browser: Browser
  readonly databases: Databases
  /** Where the contents of files lie; default a folder. */
  readonly blobs?: string
  /** Settings of the environment. */
  readonly env?: Readonly<Record<string, string>>
}

/** Starts them, until the test ends. */
export async function startPair({ browser, databases, blobs, env = {} }: PairOptions): Promise<Pair> {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-two-'))
  const [pages, office] = [await startBalancer(), await startBalancer()]
  const database = await databases.fresh()
  const about = { folder, database, blobs: blobs ?? join(folder, 'blobs'), env, pages, office }
  const nodes = [await startNode('one', about), await startNode('other', about)]
  onTestFinished(async () => {
    for (const { child } of nodes) await kill(child)
    await Promise.all(nodes.map(({ way }) => way.close()))
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
    balancers: { pages, office },
    only,
    text: async (id) => (await fetch(`${url}/download/${id}`)).text(),
    async bytes(id) {
      const answer = await fetch(`${url}/download/${id}`)
      if (!answer.ok) throw new Error(`the file was not sent: ${answer.status} ${await answer.text()}`)
      return new Uint8Array(await answer.arrayBuffer())
    },
    async add(name) {
      const body = JSON.stringify({ name })
      const headers = { ...own, 'Content-Type': 'application/json' }
      const answer = await fetch(`${url}/api/folders/root/files`, { method: 'POST', headers, body })
      const { id }: { readonly id: string } = await answer.json()
      return id
    },
    async upload(name, content) {
      const tus = { ...own, 'Tus-Resumable': '1.0.0' }
      const metadata = `folder ${btoa('root')},name ${btoa(name)}`
      const about = { 'Upload-Length': String(content.length), 'Upload-Metadata': metadata }
      const begun = await fetch(`${url}/api/uploads`, { method: 'POST', headers: { ...tus, ...about } })
      const sent = await fetch(new URL(begun.headers.get('Location') ?? '', url), {
        method: 'PATCH',
        headers: { ...tus, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' },
        body: new Uint8Array(content),
      })
      const id = sent.headers.get('X-OpenWOPI-File')
      if (!id) throw new Error(`${name} was not taken: ${sent.status} ${await sent.text()}`)
      return id
    },
    async open(id) {
      const context = await browser.newContext()
      onTestFinished(() => context.close())
      const page = await context.newPage()
      page.setDefaultTimeout(slowest)
      await page.goto(`${url}/open/${id}`)
      return { page, frame: page.frameLocator('iframe'), leave: () => context.close() }
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
  readonly blobs: string
  readonly env: Readonly<Record<string, string>>
  readonly pages: Balancer
  readonly office: Balancer
}

async function startNode(name: string, about: About): Promise<Node> {
  const { folder, database, blobs, env, pages, office } = about
  const { port } = new URL(database)
  const way = await openWay(Number(port))
  const through = database.replace(`:${port}/`, `:${way.port}/`)
  const flags = ['--data', join(folder, name), '--database', through, '--blobs', blobs, '--port', '0']
  const addresses = ['--public-url', pages.url, '--office-url', office.url]
  const child = spawn(process.execPath, [command, 'serve', folder, ...flags, ...addresses], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('"listening"')) continue
    child.stdout.resume()
    // What it says is where the balancers are.
    const told = async (file: string) => JSON.parse(await readFile(join(folder, name, file), 'utf8'))
    const { url } = await told('running.json')
    const { office: officePort } = await told('ports.json')
    return { child, url, officeUrl: `http://127.0.0.1:${officePort}`, way }
  }
  throw new Error('the server ended before it listened')
}

/** Ends it with no warning. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** Where the text of an editor stands. */
export const lines = ({ frame }: Editor) => frame.locator('.cm-content')

/** Goes on at the end. */
export async function type(editor: Editor, text: string): Promise<void> {
  await lines(editor).click()
  await lines(editor).press('Control+End')
  await lines(editor).pressSequentially(text)
}

/** Words that tell which of them they are. */
export const words = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `word${from + index} `).join('')

export const other = (nodes: readonly Node[], one: Node): Node => {
  const found = nodes.find((node) => node !== one)
  if (!found) throw new Error('there is only one server')
  return found
}
