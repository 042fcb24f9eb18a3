import type { QueryClient } from '@tanstack/react-query'
import type { Found } from '../../../src/api.ts'
import type { Item, Pages } from './listing.ts'

/** Changes a row wherever it is shown; `undefined` takes it away. */
export const replaceItem = (client: QueryClient, id: string, change: (item: Item) => Item | undefined): void => {
  client.setQueriesData<Pages>({ queryKey: ['folder'] }, (pages) => pages && inPages(pages, id, change))
  client.setQueriesData<Found>({ queryKey: ['search'] }, (found) => found && inFound(found, id, change))
}

/** Whether a row is shown anywhere. */
export const isShown = (client: QueryClient, id: string): boolean =>
  client
    .getQueriesData<Pages>({ queryKey: ['folder'] })
    .some(([, pages]) => pages?.pages.some((page) => page.files.some((file) => file.id === id)))

/** Lets everything that lists items be asked for again. */
export const refreshLists = (client: QueryClient): Promise<unknown> =>
  Promise.all([['folder'], ['search'], ['trash']].map((queryKey) => client.invalidateQueries({ queryKey })))

type Change = (item: Item) => Item | undefined

const inPages = (pages: Pages, id: string, change: Change): Pages => ({
  ...pages,
  pages: pages.pages.map((page) => {
    const folders = inList(page.folders, id, change)
    const files = inList(page.files, id, change)
    const gone = page.folders.length + page.files.length - folders.length - files.length
    return gone === 0 && folders === page.folders && files === page.files
      ? page
      : { ...page, folders, files, total: page.total - gone }
  }),
})

const inFound = (found: Found, id: string, change: Change): Found => {
  const at = found.items.findIndex((item) => item.id === id)
  const item = found.items[at]
  if (!item) return found
  const next = change(item)
  if (next) return { ...found, items: found.items.with(at, next) }
  const { items, paths, snippets } = found
  return { items: items.toSpliced(at, 1), paths: paths.toSpliced(at, 1), snippets: snippets.toSpliced(at, 1) }
}

const inList = <T extends Item>(items: readonly T[], id: string, change: Change): readonly T[] => {
  const at = items.findIndex((item) => item.id === id)
  const item = items[at]
  if (!item) return items
  const next = change(item)
  return next ? items.with(at, next as T) : items.toSpliced(at, 1)
}
