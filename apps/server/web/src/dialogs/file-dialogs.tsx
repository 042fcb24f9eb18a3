import { lazy, Suspense } from 'react'
import type { FileDialog } from '../list/use-item-actions.ts'

// A dialog is loaded when it is first opened.
const dialogs = {
  versions: lazy(async () => ({ default: (await import('./versions-dialog.tsx')).VersionsDialog })),
  'break-lock': lazy(async () => ({ default: (await import('./break-lock-dialog.tsx')).BreakLockDialog })),
  activity: lazy(async () => ({ default: (await import('./activity-dialog.tsx')).ActivityDialog })),
  share: lazy(async () => ({ default: (await import('./share-dialog.tsx')).ShareDialog })),
}

const ShareFolderDialog = lazy(async () => ({ default: (await import('./share-dialog.tsx')).ShareFolderDialog }))

/** What is open, and how it closes. */
export interface FileDialogsProps {
  readonly dialog: FileDialog | undefined
  readonly onClose: () => void
}

/** The dialog about a file that is open now, if any. */
export const FileDialogs = ({ dialog, onClose }: FileDialogsProps) => {
  if (!dialog) return null
  if (dialog.about === 'share-folder')
    return (
      <Suspense>
        <ShareFolderDialog folder={dialog.folder} onClose={onClose} />
      </Suspense>
    )
  const Dialog = dialogs[dialog.about]
  return (
    <Suspense>
      <Dialog fileId={dialog.fileId} onClose={onClose} />
    </Suspense>
  )
}
