import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { type Context, Hono } from 'hono'
import { assetsFolder } from './pages/assets.ts'
import { barePolicy } from './security-headers.ts'

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.pfb': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
  '.icc': 'application/octet-stream',
  '.wasm': 'application/wasm',
}
/** Plain names in plain folders: no dots that lead elsewhere, no hidden files. */
const shape = /^[\w-]+(\/[\w-]+)*(\.[\w-]+)+$/

/** The files that pages load. Those named for their content are kept by browsers for a year. */
export function staticRoutes(): Hono {
  const send = async (context: Context, folder: string) => {
    const name = context.req.path.split(`/${folder}/`).slice(1).join(`/${folder}/`)
    const type = types[extname(name)]
    const content =
      type && shape.test(name) ? await readFile(`${assetsFolder}${folder}/${name}`).catch(() => undefined) : undefined
    if (!content || !type) return context.notFound()
    const isForEver = folder === 'assets'
    context.header('Cache-Control', isForEver ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
    context.header('Content-Security-Policy', barePolicy)
    context.header('Cross-Origin-Resource-Policy', folder === 'icons' ? 'cross-origin' : 'same-origin')
    return context.body(new Uint8Array(content), 200, { 'Content-Type': type })
  }
  return new Hono()
    .get('/assets/*', (context) => send(context, 'assets'))
    .get('/icons/*', (context) => send(context, 'icons'))
    .get('/pdfjs/*', (context) => send(context, 'pdfjs'))
}
