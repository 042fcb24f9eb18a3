/** A short message at the edge of the page. */
export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'done' | 'trouble'
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** The messages that are shown, as a store. */
export interface Toasts {
  show(toast: Omit<Toast, 'id'>): void
  dismiss(id: number): void
  /** Runs the action of the newest message that has one. `false`: there is none. */
  undo(): boolean
  readonly list: () => readonly Toast[]
  readonly subscribe: (listener: () => void) => () => void
}

/** No more than this many are shown at once. */
const most = 3

/** An empty store of messages. */
export const createToasts = (): Toasts => {
  let toasts: readonly Toast[] = []
  let lastId = 0
  const listeners = new Set<() => void>()
  const set = (next: readonly Toast[]) => {
    toasts = next
    for (const listener of listeners) listener()
  }
  const dismiss = (id: number) => set(toasts.filter((toast) => toast.id !== id))
  return {
    show: (toast) => set([...toasts, { ...toast, id: ++lastId }].slice(-most)),
    dismiss,
    undo: () => {
      const last = toasts.findLast((toast) => toast.action)
      if (!last?.action) return false
      last.action.run()
      dismiss(last.id)
      return true
    },
    list: () => toasts,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
