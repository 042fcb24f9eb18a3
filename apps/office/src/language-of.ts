import type { Context } from 'hono'
import { localeOf } from './locale.ts'
import { stringsFor } from './strings/index.ts'

/** What the page says, and the language it says it in: as the host asks, else as the browser does. */
export function languageOf({ req }: Context) {
  const named = req.query('ui') ?? req.query('lang')
  const { strings, language } = stringsFor(named === undefined ? accepted(req.header('Accept-Language')) : [named])
  const isSpoken = named?.slice(0, 2).toLowerCase() === language.slice(0, 2)
  return { strings, language: { tag: language, locale: (isSpoken ? localeOf(named) : undefined) ?? language } }
}

const accepted = (header = ''): readonly string[] => header.split(',').map((part) => part.split(';')[0]?.trim() ?? '')
