import { readFile, realpath } from 'node:fs/promises'
import { extname, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
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
const hasHash = /[-.][\w-]{8,}\.\w+$/

/** The built files of the pages, which lie in `folder`. They are few, so they are kept in memory once read. */
export function staticFiles(folder: URL) {
  const known = new Map<string, Uint8Array>()

  return async (c: Context<Env>): Promise<Response> => {
    const name = decodeURIComponent(new URL(c.req.url).pathname).replace(/^\/assets\//, '')
    const type = types[extname(name)]
    const bytes =
      type === undefined || /(^|\/)\./.test(name) ? undefined : (known.get(name) ?? (await read(folder, name)))
    if (!bytes || !type) throw new Refusal(404, 'There is no such file here.')
    known.set(name, bytes)
    return new Response(new Uint8Array(bytes), {
      headers: {
        'Content-Type': type,
        'Cache-Control': hasHash.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
    })
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
