import { useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTrash } from '../api/listing.ts'
import { request } from '../api/request.ts'
import { useSession } from '../api/session.ts'
import { Blank } from '../blank.tsx'
import { NotLoaded, PageHead } from '../page-head.tsx'
import { useShell } from '../shell.ts'
import { strings } from '../strings.ts'
import { TrashTable } from './trash-table.tsx'

const ConfirmDialog = lazy(async () => ({ default: (await import('../dialogs/confirm-dialog.tsx')).ConfirmDialog }))

/** What has been deleted, and the way back. */
export const TrashPage = () => {
  const { data, error, refetch } = useTrash()
  return (
    <main className="content">
      <TrashBar count={data?.items.length ?? 0} />
      {error && !data && <NotLoaded title={strings.trashFailed} error={error} onRetry={refetch} />}
      {data?.items.length === 0 && <Blank icon={Trash2} title={strings.trashEmpty} hint={strings.trashEmptyHint} />}
      {data && data.items.length > 0 && <TrashTable items={data.items} />}
    </main>
  )
}

const TrashBar = ({ count }: { readonly count: number }) => {
  const { data: session } = useSession()
  const [isAsking, setAsking] = useState(false)
  return (
    <PageHead title={strings.trash}>
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
    </PageHead>
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
