import { useQueryClient } from '@tanstack/react-query'
import type { FileItem } from '../../../src/api.ts'
import { replaceItem } from '../api/cache.ts'
import { useFile } from '../api/listing.ts'
import { request } from '../api/request.ts'
import { useShell } from '../shell.ts'
import { strings } from '../strings.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'

/** Asks whether to take a document out of the hands of whoever has it open. */
export const BreakLockDialog = ({ fileId, onClose }: { readonly fileId: string; readonly onClose: () => void }) => {
  const client = useQueryClient()
  const { toasts } = useShell()
  const { data: file } = useFile(fileId)
  if (!file) return null
  const breakLock = async () => {
    const path = `/files/${encodeURIComponent(file.id)}`
    await request(`${path}/lock`, { method: 'DELETE' })
    const unlocked = await request<FileItem>(path)
    replaceItem(client, file.id, () => unlocked)
    toasts.show({ text: strings.lockBroken(file.name), tone: 'done' })
  }
  return (
    <ConfirmDialog
      title={strings.breakLockTitle(file.name)}
      text={strings.breakLockText(file.openBy?.name ?? '')}
      verb={strings.breakLock}
      onConfirm={breakLock}
      onClose={onClose}
    />
  )
}
