import type { Opened } from '../../src/session-messages.ts'
import { ApiFailure } from './api-failure.ts'
import { type Converted, type Following, followConversion } from './follow-conversion.ts'
import { isOutageStatus, type UntilReached } from './until-reached.ts'

/** Where this client is served: the script lies in its folder of assets. */
export const base = new URL(/* @vite-ignore */ '..', import.meta.url)

/** How long opening may take before it is asked for again, in milliseconds: a server that hangs never answers. */
const openWithin = 60_000

/** What a page asks of the office. What opening needs is asked until it is answered. */
export interface OfficeApi {
  open(): Promise<Opened>
  /** Whether the office still knows this page. Throws where it cannot be asked. */
  isKnown(): Promise<boolean>
  /** Resolves once the office can be asked, whether it knows this page or not. */
  answers(): Promise<boolean>
  /** The file as the host has it. */
  content(): Promise<Uint8Array<ArrayBuffer>>
  /** The same, or a failure where it cannot be had now. */
  contentNow(): Promise<Uint8Array<ArrayBuffer>>
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

/** The host may be away although the office is there. */
function reached(opened: Opened): Opened {
  if (opened.is === 'refused' && opened.why === 'host-away') throw new ApiFailure('host-away')
  return opened
}

/** What is not answered, or not to the end, is an outage, unless the user has stopped it. */
const unreached = (cause: unknown): never => {
  if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
  throw new ApiFailure('host-away', { cause })
}

interface Asked {
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** The office, as a page with this ticket may ask it. */
export function officeApi(ticket: string, untilReached: UntilReached): OfficeApi {
  const ask = async (method: string, path: string, { body, signal }: Asked = {}): Promise<Response> => {
    const response = await fetch(new URL(`api/${path}`, base), {
      method,
      headers: { Authorization: `Bearer ${ticket}`, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    }).catch(unreached)
    if (response.ok) return response
    const { why = isOutageStatus(response.status) ? 'host-away' : 'failed' } = await response.json().catch(() => ({}))
    throw new ApiFailure(why)
  }
  const json = async (method: string, path: string, body?: unknown) => (await ask(method, path, { body })).json()
  const bytes = async (path: string) => new Uint8Array(await (await ask('GET', path)).arrayBuffer().catch(unreached))
  const open = async (): Promise<Opened> => {
    const response = await ask('POST', 'open', { body: {}, signal: AbortSignal.timeout(openWithin) })
    return reached(await response.json().catch(unreached))
  }
  const isKnown = () =>
    ask('GET', 'ticket').then(
      () => true,
      (cause) => {
        ended(cause)
        return false
      },
    )
  const converted = async (path: string, { news, signal }: Following) =>
    followConversion(await ask('POST', path, { body: {}, signal }), news)
  return {
    open: () => untilReached(() => open().catch(ended)),
    isKnown,
    answers: () => untilReached(isKnown),
    content: () => untilReached(() => bytes('content')),
    contentNow: () => bytes('content'),
    base: () => untilReached(() => bytes('base')),
    saveCopy: (copy) => json('POST', 'copy', copy),
    saveAs: (names) => json('POST', 'save-as', names),
    convert: (following) => converted('convert', following),
    pdf: (following) => converted('pdf', following),
    rename: (names) => json('POST', 'rename', names),
    renew: (token) => json('POST', 'renew', token),
    leftover: () => json('GET', 'leftover'),
    leftoverFile: () => bytes('leftover/file'),
    removeLeftover: () => json('DELETE', 'leftover'),
  }
}
