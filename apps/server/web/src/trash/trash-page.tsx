import { useQueryClient } from '@tanstack/react-query'
import { ChevronRight, RotateCcw, ServerCrash, Trash2 } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { FileItem, TrashList } from '../../../src/api.ts'
import { refreshLists } from '../api/cache.ts'
import { useTrash } from '../api/listing.ts'
import { messageOf, request } from '../api/request.ts'
import { useSession } from '../api/session.ts'
import { Blank } from '../blank.tsx'
import { fullDate, shortDate, size } from '../format.ts'
import { KindIcon } from '../kinds.tsx'
import { followLink } from '../routing.ts'
import { useShell } from '../shell.ts'
import { strings } from '../strings.ts'

const ConfirmDialog = lazy(async () => ({ default: (await import('../dialogs/confirm-dialog.tsx')).ConfirmDialog }))

type Trashed = TrashList['items'][number]

/** What has been deleted, and the way back. */
export const TrashPage = () => {
  const { data, error, refetch } = useTrash()
  useEffect(() => {
    document.title = strings.pageTitle(strings.trash)
  }, [])
  return (
    <main className="content">
      <TrashBar count={data?.items.length ?? 0} />
      {error && !data && (
        <Blank icon={ServerCrash} title={strings.trashFailed} hint={messageOf(error)} tone="trouble">
          <button type="button" className="button primary" onClick={() => void refetch()}>
            {strings.tryAgain}
          </button>
        </Blank>
      )}
      {data?.items.length === 0 && <Blank icon={Trash2} title={strings.trashEmpty} hint={strings.trashEmptyHint} />}
      {data && data.items.length > 0 && <TrashTable items={data.items} />}
    </main>
  )
}

const TrashBar = ({ count }: { readonly count: number }) => {
  const { data: session } = useSession()
  const [isAsking, setAsking] = useState(false)
  return (
    <div className="bar">
      <nav className="breadcrumbs" aria-label={strings.breadcrumbs}>
        <a className="crumb" href="/" onClick={followLink}>
          {session?.folderName ?? strings.documents}
        </a>
        <ChevronRight className="between" size={16} aria-hidden="true" />
        <h1 aria-current="page">{strings.trash}</h1>
      </nav>
      {count > 0 && session?.user?.isOwner && (
        <button type="button" className="button" onClick={() => setAsking(true)}>
          <Trash2 size={16} aria-hidden="true" />
          {strings.emptyTrash}
        </button>
      )}
      {isAsking && (
        <Suspense>
          <EmptyTrash count={count} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </div>
  )
}

const EmptyTrash = ({ count, onClose }: { readonly count: number; readonly onClose: () => void }) => {
  const client = useQueryClient()
  const { toasts } = useShell()
  const empty = async () => {
    await request('/trash', { method: 'DELETE' })
    toasts.show({ text: strings.trashEmptied, tone: 'done' })
    await client.invalidateQueries({ queryKey: ['trash'] })
  }
  return (
    <ConfirmDialog
      title={strings.emptyTrashTitle}
      text={strings.emptyTrashText(count)}
      verb={strings.emptyTrash}
      onConfirm={empty}
      onClose={onClose}
    />
  )
}

const TrashTable = ({ items }: { readonly items: readonly Trashed[] }) => {
  const client = useQueryClient()
  const { toasts } = useShell()
  const restore = async ({ id }: Trashed) => {
    try {
      const { name } = await request<FileItem>(`/trash/${encodeURIComponent(id)}/restore`, { method: 'POST' })
      toasts.show({ text: strings.restored([name]), tone: 'done' })
    } catch (error) {
      toasts.show({ text: messageOf(error), tone: 'trouble' })
    }
    await refreshLists(client)
  }
  return (
    <div className="scroller">
      <table className="trash-table">
        <thead>
          <tr>
            <th scope="col">{strings.name}</th>
            <th scope="col">{strings.deletedWhen}</th>
            <th scope="col" className="wide-only">
              {strings.deletedBy}
            </th>
            <th scope="col" className="wide-only number">
              {strings.size}
            </th>
            <th scope="col">
              <span className="hidden">{strings.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <TrashRow key={`${item.id}-${item.removedAt}`} item={item} onRestore={() => void restore(item)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const TrashRow = ({ item, onRestore }: { readonly item: Trashed; readonly onRestore: () => void }) => (
  <tr>
    <td>
      <span className="trash-name">
        <KindIcon item={{ kind: 'file', name: item.name }} />
        <span title={item.name}>{item.name}</span>
      </span>
    </td>
    <td>
      <time dateTime={new Date(item.removedAt).toISOString()} title={fullDate(item.removedAt)}>
        {shortDate(item.removedAt)}
      </time>
    </td>
    <td className="wide-only">{item.by}</td>
    <td className="wide-only number">{size(item.size)}</td>
    <td className="number">
      <button type="button" className="button" aria-label={strings.restoreFile(item.name)} onClick={onRestore}>
        <RotateCcw size={15} aria-hidden="true" />
        <span className="wide-only">{strings.restore}</span>
      </button>
    </td>
  </tr>
)
