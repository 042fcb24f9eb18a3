import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { strings } from '../strings.ts'

/** What stands in a dialog. */
export interface ModalProps {
  readonly title: string
  readonly isWide?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A dialog over the page. The browser's own element keeps the focus inside and gives it back. */
export const Modal = ({ title, isWide = false, onClose, children }: ModalProps) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
    // The last one asked for: the heading, which says what this is about, unless something in the dialog is to be first.
    const wanted = element?.querySelectorAll<HTMLElement>('[data-first]')
    wanted?.item(wanted.length - 1).focus()
    return () => {
      element?.close()
      // What had the focus before may have gone, as the entry of a menu has. The list is what one comes back to.
      if (document.activeElement === document.body) document.querySelector<HTMLElement>('[role=grid]')?.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={isWide ? 'modal wide' : 'modal'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      // What is outside the dialog's box but inside the element is the backdrop.
      onPointerDown={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className="modal-box">
        <header className="modal-head">
          <h2 id={titleId} tabIndex={-1} data-first>
            {title}
          </h2>
          <button type="button" className="button icon" aria-label={strings.close} onClick={onClose}>
            <X size={18} aria-hidden="true" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
