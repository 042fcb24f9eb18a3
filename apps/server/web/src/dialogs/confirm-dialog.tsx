import { useState } from 'react'
import { messageOf } from '../api/request.ts'
import { strings } from '../strings.ts'
import { Modal } from './modal.tsx'

/** What is to be confirmed. */
export interface ConfirmDialogProps {
  readonly title: string
  readonly text: string
  /** What the button does, as a verb. */
  readonly verb: string
  /** Rejects where it could not be done: the dialog stays, and says why. */
  readonly onConfirm: () => Promise<unknown>
  readonly onClose: () => void
}

/** Asks before something that cannot be undone. */
export const ConfirmDialog = ({ title, text, verb, onConfirm, onClose }: ConfirmDialogProps) => {
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const confirm = async () => {
    setBusy(true)
    await onConfirm().then(onClose, (error: unknown) => setTrouble(messageOf(error)))
    setBusy(false)
  }
  return (
    <Modal title={title} onClose={onClose}>
      <p>{text}</p>
      <div role="alert">{trouble !== undefined && <p className="trouble">{trouble}</p>}</div>
      <footer className="modal-foot">
        {/* The harmless answer is the one that Enter gives. */}
        <button type="button" className="button" data-first onClick={onClose}>
          {strings.cancel}
        </button>
        <button type="button" className="button danger" disabled={isBusy} onClick={() => void confirm()}>
          {verb}
        </button>
      </footer>
    </Modal>
  )
}
