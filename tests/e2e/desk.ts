import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { type App, type Config, createApp, type LogEvent } from 'openwopi'
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core'

/** A folder that is served to a real browser, as `openwopi serve` would. */
export interface Desk {
  readonly folder: string
  readonly log: readonly LogEvent[]
  url(): string
  /** A page of someone who has not been here before. */
  page(): Promise<Page>
  /** Opens a file in its editor, from the list of files. */
  open(page: Page, name: string): Promise<FrameLocator>
  /** What is in a file on disk. */
  onDisk(name: string): Promise<string>
  /** The id of the lock that is held on a file; empty if none is. */
  lockOf(name: string): Promise<string>
  /** A token for a file, from the running server, as `openwopi token` gets it. */
  token(name: string): Promise<{ readonly wopiSrc: string; readonly accessToken: string }>
  stop(): Promise<void>
  /** Starts again on the same ports, over the same folder. */
  start(): Promise<void>
  close(): Promise<void>
}

/** How long a page may take for anything on a machine that has much else to do, in milliseconds. */
export const slowest = 60_000

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: chromiumFlags })

export async function openDesk(browser: Browser, files: Readonly<Record<string, string | Uint8Array>>): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-e2e-'))
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  const log: LogEvent[] = []
  const contexts: BrowserContext[] = []
  const config: Config = {
    folder,
    dataFolder: join(folder, '.openwopi'),
    host: '127.0.0.1',
    port: 0,
    officePort: 0,
    clients: [],
    trustedProxies: [],
    keepVersions: 100,
    tokenLifetime: 3_600_000,
  }
  const running: { app?: App | undefined; url: string; ports: Pick<Config, 'port' | 'officePort'> } = {
    url: '',
    ports: { port: 0, officePort: 0 },
  }

  const desk: Desk = {
    folder,
    log,
    url: () => running.url,
    async page() {
      const context = await browser.newContext({ locale: 'en-US' })
      contexts.push(context)
      context.setDefaultTimeout(slowest)
      return context.newPage()
    },
    async open(page, name) {
      await page.goto(running.url)
      await page.getByText(name, { exact: true }).first().dblclick()
      const editor = page.frameLocator('iframe[name="office_frame"]')
      return editor
    },
    onDisk: (name) => readFile(join(folder, name), 'utf8'),
    async token(name) {
      const { controlToken } = JSON.parse(await readFile(join(folder, '.openwopi', 'running.json'), 'utf8')) as {
        controlToken: string
      }
      const answer = await fetch(`${running.url}/api/control/token`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${controlToken}`, 'Content-Type': 'application/json', 'X-OpenWOPI': '1' },
        body: JSON.stringify({ path: name }),
      })
      if (!answer.ok) throw new Error(`no token: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as { wopiSrc: string; accessToken: string }
    },
    async lockOf(name) {
      const { wopiSrc, accessToken } = await desk.token(name)
      return (await createClient({ wopiSrc, accessToken }).getLock()).lock
    },
    async start() {
      const app = await createApp({ ...config, ...running.ports }, (event) => void log.push(event))
      running.app = app
      const { url, officeUrl } = await app.listen()
      running.url = url
      running.ports = { port: Number(new URL(url).port), officePort: Number(new URL(officeUrl ?? '').port) }
    },
    async stop() {
      await running.app?.close()
      running.app = undefined
    },
    async close() {
      for (const context of contexts) await context.close()
      await desk.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await desk.start()
  return desk
}

/** Waits until `holds`, for as long as a slow machine may need. */
export async function until(holds: () => Promise<boolean> | boolean, what: string, within = 60_000): Promise<void> {
  const end = Date.now() + within
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`it never came to this: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
