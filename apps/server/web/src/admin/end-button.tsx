import { lazy, Suspense, useState } from 'react'
import { useAdminChange } from '../api/admin.ts'

const ConfirmDialog = lazy(async () => ({ default: (await import('../dialogs/confirm-dialog.tsx')).ConfirmDialog }))

interface EndButtonProps {
  /** What the button says, and what it says to those who hear it without its row. */
  readonly verb: string
  readonly label: string
  readonly title: string
  readonly text: string
  /** What is deleted in the API. */
  readonly path: string
}

/** Ends something that somebody else uses, once that is confirmed. */
export const EndButton = ({ verb, label, title, text, path }: EndButtonProps) => {
  const [isAsking, setAsking] = useState(false)
  const { mutateAsync } = useAdminChange()
  return (
    <>
      <button type="button" className="button small" aria-label={label} onClick={() => setAsking(true)}>
        {verb}
      </button>
      {isAsking && (
        <Suspense>
          <ConfirmDialog
            title={title}
            text={text}
            verb={verb}
            onConfirm={async () => {
              await mutateAsync({ method: 'DELETE', path })
            }}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </>
  )
}
