import { type Answer, textOf, wordsOf } from './answer.ts'
import type { Sent } from './wire.ts'

/** One request and what came of it, without any token. */
export interface Exchange {
  /** The request on one line. */
  readonly sent: string
  /** The answer on one line. */
  readonly came: string
  /** The beginning of what was sent besides, where it is text. */
  readonly sentBody?: string
  /** The headers of the answer, a line each. */
  readonly headers?: readonly string[]
  /** The beginning of what came besides, where it is text. */
  readonly cameBody?: string
}

const told = /^x-wopi-(?!proof|timestamp)|^x-cool-|^x-lool-|^range$|^www-authenticate$/i
const longestLine = 400
const longestBody = 600

/** What tells one request from another, and what came of it. `undefined`: no answer came. */
export function exchangeOf(sent: Sent, answer: Answer | undefined): Exchange {
  const secrets = [sent.token, encodeURIComponent(sent.token)].filter((secret) => secret.length > 8)
  const clean = (text: string) => withoutTokens(text, secrets)
  const body = typeof sent.body === 'string' ? shortened(sent.body, longestBody) : ''
  if (!answer) return { sent: clean(lineOf(sent)), came: 'no answer', ...(body && { sentBody: clean(body) }) }
  const cameBody = clean(readable(answer))
  return {
    sent: clean(lineOf(sent)),
    came: clean(wordsOf(answer)),
    ...(body && { sentBody: clean(body) }),
    headers: [...answer.headers].filter(([name]) => isTold(name)).map(([name, value]) => clean(`${name}: ${value}`)),
    ...(cameBody && { cameBody }),
  }
}

const isTold = (name: string) => told.test(name) || /^content-(type|length)$/i.test(name)

/** `POST /wopi/files/1 · X-WOPI-Override: LOCK · 12 bytes`. */
function lineOf({ method, url, headers, body }: Sent): string {
  const rest = Object.entries(headers).filter(([name]) => told.test(name))
  const size = sizeOf(body)
  const parts = [`${method} ${new URL(url).pathname}`, ...rest.map(([name, value]) => `${name}: ${value}`)]
  return shortened([...parts, ...(size ? [size] : [])].join(' · '), longestLine)
}

function sizeOf(body: Sent['body']): string {
  if (body instanceof Uint8Array) return `${body.byteLength} bytes`
  if (typeof body === 'string') return body === '' ? '' : `${body.length} characters`
  return body ? 'a body of no known length' : ''
}

/** The body where it is JSON or other text without control characters. */
function readable(answer: Answer): string {
  if (answer.bytes.byteLength > 64 * 1024) return ''
  const text = textOf(answer)
  return /[\p{Cc}\ufffd]/u.test(text.replace(/[\t\r\n]/g, '')) ? '' : shortened(text, longestBody)
}

const shortened = (text: string, most: number) => (text.length > most ? `${text.slice(0, most)}…` : text)

function withoutTokens(text: string, secrets: readonly string[]): string {
  const clean = text.replace(/(access_token=|"AccessToken"\s*:\s*")[^&"\s<]+/gi, '$1…')
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), clean)
}
