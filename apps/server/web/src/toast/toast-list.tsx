import { X } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useShell } from '../shell.ts'
import { strings } from '../strings.ts'
import type { Toast } from './toasts.ts'

// Long enough to read it and to reach the button; it stays while pointer or focus is on it.
const shownFor = { done: 8_000, trouble: 12_000 }

/** The messages that are shown now, spoken by screen readers as they come. */
export const ToastList = () => {
  const { toasts } = useShell()
  const list = useSyncExternalStore(toasts.subscribe, toasts.list)
  return (
    <div className="toasts" role="status" aria-live="polite">
      {list.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

const ToastCard = ({ toast }: { readonly toast: Toast }) => {
  const { toasts } = useShell()
  const [isHeld, setHeld] = useState(false)
  const dismiss = () => toasts.dismiss(toast.id)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => toasts.dismiss(toast.id), shownFor[toast.tone])
    return () => clearTimeout(timer)
  }, [isHeld, toast, toasts])
  const hold = () => setHeld(true)
  const release = () => setHeld(false)
  return (
    <div
      role="group"
      className={`toast ${toast.tone}`}
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
    >
      <span>{toast.text}</span>
      {toast.action && (
        <button
          type="button"
          className="button quiet strong"
          onClick={() => {
            toast.action?.run()
            dismiss()
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button type="button" className="button icon" aria-label={strings.dismiss} onClick={dismiss}>
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  )
}
