import { readFile, realpath } from 'node:fs/promises'
import { extname, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Context } from 'hono'
import type { Env } from './env.ts'
import { Refusal } from './refusal.ts'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** A file whose name says what is in it never changes. */
const hasHash = /-[\w-]{8}\.\w+$/

/** What is worth compressing: the rest is compressed already. */
const isText = /^(text|application\/(json|manifest)|image\/svg)/

interface Asset {
  readonly bytes: Uint8Array
  /** Absent: it is not worth it. */
  readonly zipped?: Uint8Array
}

/** The built files of the pages, which lie in `folder`. They are few, so they are kept in memory once read. */
export function staticFiles(folder: URL) {
  const known = new Map<string, Asset>()

  async function find(name: string, type: string): Promise<Asset | undefined> {
    const bytes = await read(folder, name)
    const asset = bytes && { bytes, ...(isText.test(type) && { zipped: gzipSync(bytes) }) }
    if (asset) known.set(name, asset)
    return asset
  }

  return async (c: Context<Env>): Promise<Response> => {
    const name = nameIn(new URL(c.req.url).pathname)
    const type = types[extname(name)]
    const isHidden = type === undefined || /(^|\/)\./.test(name)
    const asset = isHidden ? undefined : (known.get(name) ?? (await find(name, type)))
    if (!asset || !type) throw new Refusal(404, 'There is no such file here.')
    c.header('Content-Type', type)
    c.header('Cache-Control', hasHash.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache')
    c.header('Vary', 'Accept-Encoding')
    const zipped = /\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '') ? asset.zipped : undefined
    if (zipped) c.header('Content-Encoding', 'gzip')
    return c.body(new Uint8Array(zipped ?? asset.bytes))
  }
}

/** Empty for what no file is called. */
function nameIn(path: string): string {
  try {
    return decodeURIComponent(path).replace(/^\/assets\//, '')
  } catch {
    return ''
  }
}

/** `undefined`: there is no such file inside the folder. */
async function read(folder: URL, name: string): Promise<Uint8Array | undefined> {
  try {
    const root = await realpath(fileURLToPath(folder))
    const path = await realpath(fileURLToPath(new URL(name.split('/').map(encodeURIComponent).join('/'), folder)))
    return path.startsWith(root + sep) ? await readFile(path) : undefined
  } catch {
    return undefined
  }
}
