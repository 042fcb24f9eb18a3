import { FolderX, Inbox } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { folderAddress } from '../api/addresses.ts'
import { itemsOf, type Order, useFolder } from '../api/listing.ts'
import { RequestFailed } from '../api/request.ts'
import { Blank } from '../blank.tsx'
import { FileDialogs } from '../dialogs/file-dialogs.tsx'
import { ItemList } from '../list/item-list.tsx'
import { useItemActions } from '../list/use-item-actions.ts'
import { NotLoaded } from '../page-head.tsx'
import { type FolderRoute, followLink, navigate } from '../routing.ts'
import { strings } from '../strings.ts'
import { DropZone } from '../uploads/drop-zone.tsx'
import { useUploadTo } from '../uploads/use-upload-to.ts'
import { FolderBar } from './folder-bar.tsx'

/** A folder: what is in it, and what can be done there. */
export const FolderPage = ({ id, file }: FolderRoute) => {
  const upload = useUploadTo(id)
  const [order, setOrder] = useState<Order>({ sort: 'name', descending: false })
  const { data, error, refetch, fetchNextPage, isFetchingNextPage } = useFolder(id, order)
  const { actions, dialog, setDialog } = useItemActions(id)
  const listing = data?.pages.at(-1)
  const items = useMemo(() => itemsOf(data), [data])
  const name = listing?.folder.name

  useEffect(() => {
    document.title = name === undefined ? strings.documents : strings.pageTitle(name)
  }, [name])
  const fileId = file?.id
  const show = file?.show
  useEffect(() => {
    if (fileId !== undefined && show !== undefined && show !== 'file') setDialog({ about: show, fileId })
  }, [fileId, show, setDialog])
  const onMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [isFetchingNextPage, fetchNextPage])

  if (error && !listing)
    return (
      <main className="content">
        <FolderTrouble error={error} onRetry={() => void refetch()} />
      </main>
    )
  const onDropped = listing?.can.create ? upload : undefined
  const parent = listing?.breadcrumbs.at(-1)
  const goUp = () => {
    if (!listing || !parent) return
    const address = folderAddress(listing.breadcrumbs.length === 1 ? 'root' : parent.id)
    // Up there, the folder that one comes from is where one was.
    navigate(`${address}?file=${encodeURIComponent(listing.folder.id)}`)
  }
  const closeDialog = () => {
    setDialog(undefined)
    if (show !== undefined) navigate(location.pathname, { replace: true })
  }
  return (
    <DropZone folderName={name ?? ''} onDropped={onDropped}>
      <FolderBar
        folderId={id}
        listing={listing}
        onFiles={onDropped && ((files) => onDropped({ files, folders: [] }))}
      />
      <ItemList
        label={strings.listOf(name ?? '')}
        items={items}
        total={listing?.total ?? (error ? 0 : pendingRows)}
        actions={actions}
        order={order}
        onOrder={setOrder}
        onMore={onMore}
        onUp={goUp}
        focusOn={fileId}
      >
        {listing?.total === 0 && (
          <Blank
            icon={Inbox}
            title={strings.emptyFolder}
            hint={listing.can.create ? strings.emptyFolderHint : strings.emptyFolderReadOnly}
          />
        )}
      </ItemList>
      <FileDialogs dialog={dialog} onClose={closeDialog} />
    </DropZone>
  )
}

// Rows that stand for those to come: as many as a small folder has.
const pendingRows = 8

const FolderTrouble = ({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) => {
  const isGone = error instanceof RequestFailed && error.status === 404
  return isGone ? (
    <Blank icon={FolderX} title={strings.folderGone} hint={strings.folderGoneHint} tone="trouble">
      <a className="button primary" href="/" onClick={followLink}>
        {strings.allDocuments}
      </a>
    </Blank>
  ) : (
    <NotLoaded title={strings.folderFailed} error={error} onRetry={onRetry} />
  )
}
