import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { onTestFinished } from 'vitest'
import { type EditorBehaviour, editorPage } from './editor-page.ts'

/** Starts the browser of a test file. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })

/** The library as one module of the browser, built from its sources. */
export const bundle = async (): Promise<string> => {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['source', 'browser', 'import', 'default'] },
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL('../src/index.ts', import.meta.url)), formats: ['es'] },
    },
  })
  const [first] = Array.isArray(output) ? output : []
  const chunk = first?.output[0]
  if (!chunk) throw new Error('nothing was built')
  return chunk.code
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A server on a port of its own, which ends with the test. */
export const serve = async (answer: Answer): Promise<{ readonly origin: string; stop(): Promise<void> }> => {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  onTestFinished(stop)
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop }
}

/** A form that has reached the editor's server. */
export interface Posted {
  readonly url: string
  readonly body: string
  readonly type: string | undefined
}

/** An editor on its own origin, and the forms that have reached it. At `/impostor` lies a page that says `UI_Close`. */
export const serveEditor = async (behaviour: EditorBehaviour = {}) => {
  const posted: Posted[] = []
  const server = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    if (request.url === '/impostor')
      return void response
        .writeHead(200, { 'Content-Type': 'text/html' })
        .end(editorPage({ says: [{ MessageId: 'UI_Close' }] }))
    if (request.method !== 'POST') return void response.writeHead(404).end()
    posted.push({ url: request.url ?? '', body, type: request.headers['content-type'] })
    response.writeHead(200, { 'Content-Type': 'text/html', ...behaviour.headers }).end(editorPage(behaviour))
  })
  return { ...server, posted }
}

/** How long a page may take for anything on a machine that has much else to do, in milliseconds. */
const slowest = 60_000

/** A host page over the library. */
export interface HostPage {
  readonly code: string
  readonly browser: Browser
  readonly policy?: string
  readonly body?: string
  readonly path?: string
}

/** Opens an empty page that has the library as `embed`, and whatever `policy` and `body` it is to have. */
export const openHostPage = async ({ code, browser, policy, body = '', path = '/' }: HostPage): Promise<Page> => {
  const { origin } = await serve((request, response) => {
    if (request.url === '/embed.js')
      return void response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(code)
    response.writeHead(200, {
      'Content-Type': 'text/html',
      ...(policy !== undefined && { 'Content-Security-Policy': policy }),
    })
    response.end(`<!doctype html><main style="height:400px"></main>${body}
      <script type="module">import * as embed from '/embed.js'; Object.assign(window, { embed, said: [] })</script>`)
  })
  const page = await browser.newPage()
  onTestFinished(() => page.close())
  page.setDefaultTimeout(slowest)
  await page.goto(origin + path)
  await page.waitForFunction('window.embed')
  return page
}
