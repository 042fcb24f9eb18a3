import { useQueryClient } from '@tanstack/react-query'
import { Copy, Download, RotateCcw, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { FailedSaveItem, FileItem, RecoverableSave, RestoreSave, UnreadableSave } from '../../../src/api.ts'
import { refreshLists } from '../api/cache.ts'
import { failedContentAddress, failedSavePath } from '../api/failed-saves.ts'
import { messageOf, request } from '../api/request.ts'
import { fullDate, size } from '../format.ts'
import { KindIcon } from '../kinds.tsx'
import { useShell } from '../shell.ts'
import { strings } from '../strings.ts'

const ConfirmDialog = lazy(async () => ({ default: (await import('../dialogs/confirm-dialog.tsx')).ConfirmDialog }))

/** A save that could not be stored: whose, of what, since when; and what can be done with it. */
export const FailedSaveRow = ({ item }: { readonly item: FailedSaveItem }) =>
  'problem' in item ? <Unreadable item={item} /> : <Recoverable item={item} />

const Unreadable = ({ item }: { readonly item: UnreadableSave }) => (
  <li>
    <p className="trouble">{item.problem}</p>
    <Discard item={item} name={item.id} />
  </li>
)

const Recoverable = ({ item }: { readonly item: RecoverableSave }) => {
  const { id, at, by, obstacle, size: bytes, name = strings.failedSaveUnnamed } = item
  const restore = useRestore(item)
  return (
    <li>
      <KindIcon item={{ kind: 'file', name }} />
      <div className="what">
        <p>{strings.failedSave(name, by, fullDate(at))}</p>
        <p className="below">{[size(bytes), obstacle].filter((text) => text !== undefined).join(' · ')}</p>
      </div>
      {obstacle === undefined && (
        <button
          type="button"
          className="button primary"
          aria-label={strings.failedSaveRestoreOf(name)}
          onClick={() => void restore('version')}
        >
          <RotateCcw size={15} aria-hidden="true" />
          {strings.failedSaveRestore}
        </button>
      )}
      <button
        type="button"
        className="button"
        aria-label={strings.failedSaveCopyOf(name)}
        onClick={() => void restore('copy')}
      >
        <Copy size={15} aria-hidden="true" />
        {strings.failedSaveCopy}
      </button>
      <a className="button" href={failedContentAddress(id)} download aria-label={strings.failedSaveDownloadOf(name)}>
        <Download size={15} aria-hidden="true" />
        {strings.download}
      </a>
      <Discard item={item} name={name} />
    </li>
  )
}

/** Makes it a version or a copy, and says so. */
const useRestore = ({ id }: RecoverableSave) => {
  const client = useQueryClient()
  const { toasts } = useShell()
  return async (as: RestoreSave['as']) => {
    try {
      const { name } = await request<FileItem>(`${failedSavePath(id)}/restore`, { method: 'POST', body: { as } })
      toasts.show({ text: strings.failedSaveRestored(name), tone: 'done' })
    } catch (error) {
      toasts.show({ text: messageOf(error), tone: 'trouble' })
    }
    await Promise.all([client.invalidateQueries({ queryKey: ['failed saves'] }), refreshLists(client)])
  }
}

const Discard = ({ item: { id }, name }: { readonly item: FailedSaveItem; readonly name: string }) => {
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const discard = async () => {
    await request(failedSavePath(id), { method: 'DELETE' })
    await client.invalidateQueries({ queryKey: ['failed saves'] })
  }
  return (
    <>
      <button
        type="button"
        className="button"
        aria-label={strings.failedSaveDiscardOf(name)}
        onClick={() => setAsking(true)}
      >
        <Trash2 size={15} aria-hidden="true" />
        {strings.failedSaveDiscard}
      </button>
      {isAsking && (
        <Suspense>
          <ConfirmDialog
            title={strings.failedSaveDiscardTitle}
            text={strings.failedSaveDiscardText}
            verb={strings.failedSaveDiscard}
            onConfirm={discard}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </>
  )
}
