import { isSameState, type SessionState } from './session-state.ts'

/** Tells a state when it is another than the one told last. What the listener throws is its own affair. */
export function reporter(state: () => SessionState, onState: (state: SessionState) => void): () => void {
  let told: SessionState | undefined
  return () => {
    const current = state()
    if (told && isSameState(told, current)) return
    told = current
    try {
      onState(current)
    } catch (error) {
      queueMicrotask(() => {
        throw error
      })
    }
  }
}
