import type { AllowedHosts, Refusal } from './allowed-hosts.ts'
import { localeOf } from './locale.ts'
import type { Frame } from './opening.ts'
import type { FormToken, SealedTokens } from './sealed-tokens.ts'

/** What a host's page posts to have a document opened. */
export interface OpenRequest extends FormToken {
  readonly wopiSrc: string
  readonly sessionContext?: string
  readonly frame: Frame
  /** The host's page wants a button that closes the document, and asks for it as Collabora's hosts do. */
  readonly wantsClose: boolean
  /** How dates and numbers are written: a language tag. Absent: the host does not say. */
  readonly locale?: string
  readonly theme?: 'light' | 'dark'
}

/** A session's context is passed back to the host in a header, and may be no longer than one bears. */
const longestContext = 2048

/** The fields of a form. */
export type FormFields = ReadonlyMap<string, readonly string[]>

/** The field in which a page that has waited brings back what it was given. */
export const sealedField = 'sealed_token'

/** Reads the address and the form. Names in the address are taken in any case, and each only once. */
export function readOpenRequest(
  url: string,
  form: FormFields,
  { hosts, sealed }: { readonly hosts: AllowedHosts; readonly sealed: SealedTokens },
): OpenRequest | { readonly refusal: Refusal | 'no-token' } {
  const query = lowerCased(new URL(url).searchParams)
  const checked = hosts.check(only(query.get('wopisrc')) ?? '')
  if ('refusal' in checked) return checked
  const token = tokenIn(form) ?? sealed.unseal(checked.wopiSrc, only(form.get(sealedField)) ?? '')
  if (!token) return { refusal: 'no-token' }
  const locale = localeOf(only(query.get('rs')))
  const theme = themes[only(query.get('thm')) ?? '']
  const sessionContext = only(query.get('sc'))
  return {
    wopiSrc: checked.wopiSrc,
    ...token,
    frame: frameOf((name) => only(query.get(name)) === '1'),
    wantsClose: only(query.get('closebutton')) === '1',
    ...(locale && { locale }),
    ...(theme && { theme }),
    ...(sessionContext && sessionContext.length <= longestContext && { sessionContext }),
  }
}

function tokenIn(form: FormFields): FormToken | undefined {
  const accessToken = only(form.get('access_token'))
  if (!accessToken) return undefined
  const expiresAt = Number(only(form.get('access_token_ttl')) ?? 0)
  return { accessToken, ...(Number.isSafeInteger(expiresAt) && expiresAt > 0 && { expiresAt }) }
}

function frameOf(isSet: (name: string) => boolean): Frame {
  if (isSet('preview')) return 'preview'
  if (isSet('embed')) return 'embed'
  return isSet('mobile') ? 'mobile' : 'page'
}

const themes: Readonly<Record<string, 'light' | 'dark'>> = { 1: 'light', 2: 'dark' }

/** A value that is there exactly once. */
const only = (values: readonly string[] | undefined): string | undefined =>
  values?.length === 1 ? values[0] : undefined

function lowerCased(parameters: URLSearchParams): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [name, value] of parameters) {
    const key = name.toLowerCase()
    found.set(key, [...(found.get(key) ?? []), value])
  }
  return found
}
