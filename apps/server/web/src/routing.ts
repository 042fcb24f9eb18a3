import { type MouseEvent, useMemo, useSyncExternalStore } from 'react'
import { base } from './api/base.ts'

/** What the address asks for. */
export type Route =
  | FolderRoute
  | { readonly page: 'trash' }
  | { readonly page: 'failed-saves' }
  | { readonly page: 'admin' }
  | { readonly page: 'sign-in'; readonly next: string }

/** A folder, and what to show of one file in it. */
export interface FolderRoute {
  readonly page: 'folder'
  readonly id: string
  readonly file?: { readonly id: string; readonly show: FileView }
}

/** `file`: chosen in the list. `versions`, `share`, `activity`: with the dialog of that name open. */
export type FileView = (typeof fileViews)[number]

const fileViews = ['file', 'versions', 'share', 'activity'] as const

/** Reads an address of this app. What it does not know is the root folder. */
const routeOf = (path: string, query: string): Route => {
  const [, first, second] = path.split('/')
  if (first === 'trash' || first === 'failed-saves' || first === 'admin') return { page: first }
  const parameters = new URLSearchParams(query)
  if (first === 'sign-in') return { page: 'sign-in', next: ownAddress(parameters.get('next')) }
  const show = fileViews.find((view) => parameters.has(view))
  const id = first === 'folder' && second ? decodeURIComponent(second) : 'root'
  return { page: 'folder', id, ...(show && { file: { id: parameters.get(show) ?? '', show } }) }
}

/** The whole address, if it is one of this very site: however it is spelt, a sign-in leads nowhere else. */
const ownAddress = (next: string | null): string => {
  const root = `${base}/`
  if (next === null || !URL.canParse(next, location.origin)) return root
  const { href, origin } = new URL(next.startsWith('/') ? base + next : next, location.origin)
  return origin === location.origin ? href : root
}

const moved = new EventTarget()

/** Goes to another page of this app without loading it anew. */
export const navigate = (address: string, { replace = false } = {}): void => {
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  moved.dispatchEvent(new Event('moved'))
}

const subscribe = (listener: () => void) => {
  moved.addEventListener('moved', listener)
  addEventListener('popstate', listener)
  return () => {
    moved.removeEventListener('moved', listener)
    removeEventListener('popstate', listener)
  }
}

/** The page that the address asks for now. */
export const useRoute = (): Route => {
  const address = useSyncExternalStore(subscribe, () => location.pathname + location.search)
  return useMemo(() => {
    const { pathname, search } = new URL(address, location.origin)
    return routeOf(pathname.slice(base.length), search)
  }, [address])
}

/** Lets a link within this app go there without loading; other tabs and windows stay the browser's business. */
export const followLink = (event: MouseEvent<HTMLAnchorElement>): void => {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  navigate(event.currentTarget.pathname + event.currentTarget.search)
}
