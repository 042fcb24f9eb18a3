import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as after } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createClient, type FileClient } from '@openwopi/client'
import { WopiError } from '@openwopi/protocol'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { launch, until } from '../e2e/desk.ts'

// PostgreSQL, an object store, two servers and a browser; a slow machine takes its time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 300_000 })

const program = fileURLToPath(new URL('../../scripts/cluster.js', import.meta.url))

/** What the program says of what it has started. */
interface Cluster {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly servers: readonly { readonly ports: readonly number[]; readonly pid: number; readonly dataFolder: string }[]
}

let child: ChildProcess
let cluster: Cluster
let session: string
let browser: Browser

beforeAll(async () => {
  child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  cluster = await listening(child)
  session = await signIn()
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
})

async function listening({ stdout }: ChildProcess): Promise<Cluster> {
  if (!stdout) throw new Error('the program has no output')
  for await (const line of createInterface({ input: stdout })) if (line.includes('"listening"')) return JSON.parse(line)
  throw new Error('the cluster did not start')
}

const own = () => ({ 'X-OpenWOPI': '1', Origin: cluster.url, 'Content-Type': 'application/json', Cookie: session })

async function signIn(): Promise<string> {
  const { url, user: name, password } = cluster
  const headers = { 'X-OpenWOPI': '1', Origin: url, 'Content-Type': 'application/json' }
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name, password }),
  })
  expect(answer.status).toBeLessThan(300)
  return (answer.headers.get('Set-Cookie') ?? '').split(';')[0] ?? ''
}

/** Makes an empty file, and gives back its id. */
async function add(name: string): Promise<string> {
  const body = JSON.stringify({ name })
  const answer = await fetch(`${cluster.url}/api/folders/root/files`, { method: 'POST', headers: own(), body })
  const { id }: { readonly id: string } = await answer.json()
  return id
}

/** What an editor is given for a file; its address is that of the balancer. */
async function editorOf(path: string): Promise<FileClient> {
  const [first] = cluster.servers
  const running = JSON.parse(await readFile(join(first?.dataFolder ?? '', 'running.json'), 'utf8'))
  const answer = await fetch(`${running.url}/api/control/token`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${running.controlToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ path }),
  })
  const { wopiSrc, accessToken } = await answer.json()
  expect(wopiSrc.startsWith(cluster.url)).toBe(true)
  return createClient({ wopiSrc, accessToken })
}

/** Ends a server with no warning, once all of them run. */
async function kill(server: Cluster['servers'][number] | undefined): Promise<void> {
  await until(async () => (await Promise.all(cluster.servers.map(isRunning))).every(Boolean), 'all run', 60_000)
  process.kill(await pidOf(server), 'SIGKILL')
}

const pidOf = async (server: Cluster['servers'][number] | undefined): Promise<number> =>
  JSON.parse(await readFile(join(server?.dataFolder ?? '', 'running.json'), 'utf8')).pid

async function isRunning(server: Cluster['servers'][number]): Promise<boolean> {
  try {
    // Signal 0 reaches nobody, and fails if there is nobody.
    process.kill(await pidOf(server), 0)
    return (await fetch(`http://127.0.0.1:${server.ports[0]}/readyz`)).ok
  } catch {
    return false
  }
}

/** Calls again what a server did not live to answer; a refusal is an answer. */
async function insist<T>(call: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 90_000
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (Date.now() > deadline || (error instanceof WopiError && error.status < 500)) throw error
      await after(50)
    }
  }
}

async function* bytes(text: string) {
  yield new TextEncoder().encode(text)
}

async function textOf(file: FileClient): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of (await file.getFile()).content) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

test('Whoever has signed in is known to every server behind the balancer.', async () => {
  for (let count = 0; count < 4; count++)
    expect((await fetch(`${cluster.url}/api/folders/root`, { headers: own() })).status).toBe(200)
  expect((await fetch(`${cluster.url}/api/folders/root`)).status).toBe(401)
})

test('An editor locks, saves and unlocks while one server after the other is killed, and nothing it was told is untrue.', async () => {
  await add('protocol.txt')
  const file = await editorOf('protocol.txt')
  await insist(() => file.lock({ lock: 'mine' }))
  for (let save = 1; save <= 40; save++) {
    if (save % 20 === 10) await kill(cluster.servers[save < 20 ? 0 : 1])
    const { version } = await insist(() => file.putFile({ lock: 'mine', content: bytes(`save ${save}`) }))
    expect(await insist(() => textOf(file))).toBe(`save ${save}`)
    expect((await insist(() => file.checkFileInfo())).info.Version).toBe(version)
    if (save % 5 === 0) await insist(() => file.refreshLock({ lock: 'mine' }))
  }
  await expect(insist(() => file.lock({ lock: 'yours' }))).rejects.toMatchObject({ details: { lock: 'mine' } })
  await insist(() => file.unlock({ lock: 'mine' }))
  expect((await insist(() => file.getLock())).lock).toBe('')
})

test('Someone types in the built-in office while the servers are killed, and every word is in the file.', async () => {
  const id = await add('typed.txt')
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  const [name = '', value = ''] = session.split('=')
  await context.addCookies([{ name, value, url: cluster.url }])
  const page = await context.newPage()
  page.setDefaultTimeout(120_000)
  await page.goto(`${cluster.url}/open/${id}`)
  const lines = page.frameLocator('iframe').locator('.cm-content')
  await lines.click()
  let typed = ''
  for (const server of cluster.servers) {
    const words = Array.from({ length: 20 }, (_, index) => `word${index} `).join('')
    typed += words
    await Promise.all([lines.pressSequentially(words), kill(server)])
  }
  const saved = async () => (await fetch(`${cluster.url}/download/${id}`, { headers: own() })).text()
  await until(async () => (await saved()) === typed, 'every word is in the file', 90_000)
})

test('Told to stop, it ends everything and leaves nothing behind.', async () => {
  child.kill('SIGINT')
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
  for (const { ports, dataFolder } of cluster.servers) {
    expect(existsSync(dataFolder)).toBe(false)
    await expect(fetch(`http://127.0.0.1:${ports[0]}/`)).rejects.toThrow()
  }
})
