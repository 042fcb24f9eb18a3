import type { Opened } from '../../src/session-messages.ts'
import { ApiFailure } from './api-failure.ts'
import { type Converted, type Following, followConversion } from './follow-conversion.ts'

/** Where this client is served: the script lies in its folder of assets. */
export const base = new URL(/* @vite-ignore */ '..', import.meta.url)

export interface OfficeApi {
  open(): Promise<Opened>
  /** Whether the office still knows this page. Throws where it cannot be asked. */
  isKnown(): Promise<boolean>
  content(): Promise<Uint8Array<ArrayBuffer>>
  /** The file as it was when its shared document began. */
  base(): Promise<Uint8Array<ArrayBuffer>>
  saveCopy(copy: { text: string; fileName: string; mark: string }): Promise<{ name: string; url?: string }>
  /** Puts the document as it is seen now beside the file, under another name. */
  saveAs(names: { fileName: string; name: string }): Promise<{ name: string; url?: string }>
  /** Makes a copy of the document in a format of today. */
  convert(following: Following): Promise<Converted>
  /** Makes pages of the document as it is saved. */
  pdf(following: Following): Promise<Converted>
  rename(names: { fileName: string; name: string }): Promise<{ fileName: string }>
  renew(token: { accessToken: string; expiresAt: string }): Promise<unknown>
  leftover(): Promise<{ text: string } | null>
  leftoverFile(): Promise<Uint8Array<ArrayBuffer>>
  removeLeftover(): Promise<unknown>
}

/** A ticket that has ended is an answer; everything else is a failure. */
function ended(cause: unknown): Opened {
  if (cause instanceof ApiFailure && cause.why === 'ended') return { is: 'refused', why: 'ended' }
  throw cause
}

/** The office, as a page with this ticket may ask it. */
export function officeApi(ticket: string): OfficeApi {
  const ask = async (
    method: string,
    path: string,
    { body, signal }: { readonly body?: unknown; readonly signal?: AbortSignal } = {},
  ): Promise<Response> => {
    const response = await fetch(new URL(`api/${path}`, base), {
      method,
      headers: { Authorization: `Bearer ${ticket}`, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
    if (response.ok) return response
    const { why = 'failed' } = await response.json().catch(() => ({}))
    throw new ApiFailure(why)
  }
  const json = async (method: string, path: string, body?: unknown) => (await ask(method, path, { body })).json()
  const converted = async (path: string, { news, signal }: Following) =>
    followConversion(await ask('POST', path, { body: {}, signal }), news)
  return {
    open: () => json('POST', 'open', {}).catch(ended),
    isKnown: () =>
      ask('GET', 'ticket').then(
        () => true,
        (cause) => {
          ended(cause)
          return false
        },
      ),
    content: async () => new Uint8Array(await (await ask('GET', 'content')).arrayBuffer()),
    base: async () => new Uint8Array(await (await ask('GET', 'base')).arrayBuffer()),
    saveCopy: (copy) => json('POST', 'copy', copy),
    saveAs: (names) => json('POST', 'save-as', names),
    convert: (following) => converted('convert', following),
    pdf: (following) => converted('pdf', following),
    rename: (names) => json('POST', 'rename', names),
    renew: (token) => json('POST', 'renew', token),
    leftover: () => json('GET', 'leftover'),
    leftoverFile: async () => new Uint8Array(await (await ask('GET', 'leftover/file')).arrayBuffer()),
    removeLeftover: () => json('DELETE', 'leftover'),
  }
}
