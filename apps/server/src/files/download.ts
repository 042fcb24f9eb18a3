import type { StoredFile } from '@openwopi/host'
import type { Context } from 'hono'
import { extensionOf } from '../clients/editors.ts'
import { bodyStream } from '../http/body-stream.ts'
import { contentPolicy } from '../http/content-policy.ts'
import type { Env } from '../http/env.ts'
import { Refusal } from '../http/refusal.ts'
import type { Site } from '../site.ts'

/** Pictures that hold nothing but pixels. An SVG can hold scripts, so it is never shown as one. */
const pictures: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  bmp: 'image/bmp',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
}

/** Headers under which a browser saves what it is sent, and never shows it as a page of this server. */
export const attachment = (name: string): Record<string, string> => ({
  'Content-Type': 'application/octet-stream',
  'Content-Disposition': disposition('attachment', name),
  'Content-Security-Policy': contentPolicy,
})

/** Sends a file, or the part of it that was asked for. With `?inline`, a picture is shown in the browser. */
export async function download({ folder }: Pick<Site, 'folder'>, c: Context<Env>, file: StoredFile): Promise<Response> {
  const etag = `"${file.version}"`
  const picture = c.req.query('inline') === undefined ? undefined : pictures[extensionOf(file.name)]
  const headers: Record<string, string> = {
    ...attachment(file.name),
    ...(picture !== undefined && { 'Content-Type': picture, 'Content-Disposition': disposition('inline', file.name) }),
    'Cache-Control': 'private, no-cache',
    'Accept-Ranges': 'bytes',
    ETag: etag,
  }
  if (c.req.header('If-None-Match') === etag) return c.body(null, 304, headers)

  const isSame = (c.req.header('If-Range') ?? etag) === etag
  const range = isSame ? rangeOf(c.req.header('Range'), file.size) : undefined
  const { start, end } = range ?? { start: 0, end: file.size }
  headers['Content-Length'] = String(end - start)
  if (range) headers['Content-Range'] = `bytes ${start}-${end - 1}/${file.size}`
  const status = range ? 206 : 200
  if (c.req.method === 'HEAD') return c.body(null, status, headers)

  const content = await folder.storage.read(file, range)
  if (!content) throw new Refusal(409, `“${file.name}” has just been changed. Download it again.`)
  return c.body(bodyStream(content), status, headers)
}

/** One range, as browsers ask for to go on with a download. `undefined`: all of it. */
function rangeOf(
  header: string | undefined,
  size: number,
): { readonly start: number; readonly end: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  if (start < end) return { start, end }
  throw new Refusal(416, 'The file is shorter than that.', { headers: { 'Content-Range': `bytes */${size}` } })
}

/** The name twice, as RFC 6266 wants it: in ASCII for old programs, and in full. */
function disposition(type: 'attachment' | 'inline', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const full = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${type}; filename="${ascii}"; filename*=UTF-8''${full}`
}
