import { useQueryClient } from '@tanstack/react-query'
import { ChevronRight, ServerCrash, Trash2 } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTrash } from '../api/listing.ts'
import { messageOf, request } from '../api/request.ts'
import { useSession } from '../api/session.ts'
import { Blank } from '../blank.tsx'
import { followLink } from '../routing.ts'
import { useShell } from '../shell.ts'
import { strings } from '../strings.ts'
import { TrashTable } from './trash-table.tsx'

const ConfirmDialog = lazy(async () => ({ default: (await import('../dialogs/confirm-dialog.tsx')).ConfirmDialog }))

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
