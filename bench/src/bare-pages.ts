import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { build } from 'vite'

const config = join(import.meta.dirname, '../pages/vite.config.ts')
const built = join(import.meta.dirname, '../dist/pages')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** Pages that hold a component and nothing else. */
export interface BarePages {
  /** Where the page called `name` shows `document`. */
  addressOf(name: string, document: Buffer): string
  stop(): Promise<void>
}

/** Builds the pages in `bench/pages` as the office's are built, and serves them with the shortest server there is. */
export async function serveBarePages(): Promise<BarePages> {
  await build({ configFile: config, logLevel: 'error' })
  const documents = new Map<string, Buffer>()
  const server = createServer(async ({ url = '' }, response) => {
    const path = new URL(url, 'http://localhost').pathname
    const content = documents.get(path) ?? (await readFile(join(built, path)).catch(() => undefined))
    response.writeHead(content ? 200 : 404, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' })
    response.end(content)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    addressOf(name, document) {
      documents.set(`/${name}.bin`, document)
      return `http://127.0.0.1:${port}/${name}.html?document=/${name}.bin`
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
