import { actionUrl, longestActionUrl } from '@openwopi/protocol'
import type { Context } from 'hono'
import type { Editor } from '../clients/editors.ts'

/** What an editor is told in its address. */
export interface Told {
  readonly wopiSrc: string
  readonly locale: string
  /** The query of the page around the editor: what starts with `wd` in it is meant for the editor. */
  readonly query?: Readonly<Record<string, string>>
}

/** The address that the token is posted to. Longer than `longestActionUrl` only if it cannot be helped. */
export function actionAddress({ client, picked }: Editor, { wopiSrc, locale, query = {} }: Told): string {
  const own = client.profile === 'collabora' ? forCollabora(locale, picked.isReadOnly) : {}
  const wd = Object.fromEntries(Object.entries(query).filter(([name]) => name.startsWith('wd')))
  const fill = (more: Record<string, string>) =>
    actionUrl(picked.action.urlsrc, { WOPI_SOURCE: wopiSrc, UI_LLCC: locale }, more)
  const url = fill({ ...own, ...wd })
  return url.length <= longestActionUrl ? url : fill(own)
}

/** Collabora's addresses have no places to fill in, and often only one for viewing and editing. */
const forCollabora = (locale: string, isReadOnly: boolean): Record<string, string> => ({
  lang: locale,
  ...(isReadOnly && { permission: 'readonly' }),
})

/** The first language that the browser asks for, as a tag. */
export function localeOf(c: Context): string {
  const [first = ''] = (c.req.header('Accept-Language') ?? '').split(/[,;]/)
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(first.trim()) ? first.trim() : 'en-US'
}
