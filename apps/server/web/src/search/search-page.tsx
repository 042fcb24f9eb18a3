import { SearchX } from 'lucide-react'
import { type Item, mostFound, useSearch } from '../api/listing.ts'
import { Blank } from '../blank.tsx'
import { FileDialogs } from '../dialogs/file-dialogs.tsx'
import { ItemList } from '../list/item-list.tsx'
import { useItemActions } from '../list/use-item-actions.ts'
import { NotLoaded } from '../page-head.tsx'
import { strings } from '../strings.ts'

// More than these are not sent; nobody reads them, and another letter narrows them down.
const foundText = (count: number): string => (count < mostFound ? strings.found(count) : strings.foundMore(count))

const none: readonly Item[] = []

/** What has the searched text in its name or in it, wherever it lies. */
export const SearchPage = ({ text }: { readonly text: string }) => {
  const { data, error, refetch, isPlaceholderData } = useSearch(text)
  const { actions, dialog, setDialog } = useItemActions()
  if (error && !data)
    return (
      <main className="content">
        <NotLoaded title={strings.searchFailed} error={error} onRetry={refetch} />
      </main>
    )
  const items = data?.items ?? none
  return (
    <main className="content" aria-busy={isPlaceholderData}>
      <div className="bar">
        <div className="breadcrumbs">
          <h1>{strings.searchResults(text)}</h1>
        </div>
        <span className="count" role="status">
          {data && !isPlaceholderData ? foundText(items.length) : ''}
        </span>
      </div>
      <ItemList
        label={strings.searchResults(text)}
        items={items}
        total={items.length}
        actions={actions}
        paths={data?.paths ?? []}
        snippets={data?.snippets ?? []}
      >
        {data && items.length === 0 && (
          <Blank icon={SearchX} title={strings.nothingFound(text)} hint={strings.nothingFoundHint} />
        )}
      </ItemList>
      <FileDialogs dialog={dialog} onClose={() => setDialog(undefined)} />
    </main>
  )
}
