import { damaged } from '../../package/document-error.ts'

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** What stands between two places of a part, without its markup. */
export function textBetween(xml: string, from: number, to: number): string {
  const raw = xml.slice(from, to)
  if (!raw.includes('<')) return decode(raw)
  const stretches = raw.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>|<[^>]*>|([^<]+)/g)
  return [...stretches].map(([, plain, escaped = '']) => plain ?? decode(escaped)).join('')
}

/** The characters that a stretch of XML stands for. */
export function decode(raw: string): string {
  const unified = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw
  return unified.includes('&') ? unified.replace(/&([^;&]*);?/g, (_, name: string) => characterOf(name)) : unified
}

function characterOf(name: string): string {
  const known = named[name]
  if (known !== undefined) return known
  const code = /^#x[\da-f]{1,6}$/i.test(name)
    ? Number.parseInt(name.slice(2), 16)
    : Number(/^#(\d{1,7})$/.exec(name)?.[1])
  if (!(code > 0 && code <= 0x10ffff)) throw damaged('it has a character that there is not')
  return String.fromCodePoint(code)
}

const escapes: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  '\r': '&#13;',
}

/** Text as it stands in XML, between tags and in attributes. */
export const escapeXml = (text: string): string => text.replace(/[<>&"\r]/g, (one) => escapes[one] ?? one)

/** Whether XML has a place for every character of a text, so that it can be written where nothing is spelt otherwise. */
export const isWritable = (text: string): boolean =>
  !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.test(text)

/** Spreadsheets spell what XML has no place for as `_x001F_`; this reads it. */
export const readEscapes = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text

/** Spells what XML has no place for, and what would be taken for such a spelling, as `_x001F_`. */
export const writeEscapes = (text: string): string =>
  text
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[\u0000-\u0008\u000b-\u000d\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, spelled)

const spelled = (one: string): string => `_x${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
