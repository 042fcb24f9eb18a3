import type { LoadTrouble } from './load-trouble.ts'
import { type Reach, reach } from './reach.ts'
import type { Timer } from './timer.ts'

/** What is watched while an editor loads. */
export interface LoadingOptions {
  readonly frame: HTMLIFrameElement
  /** The origin of the editor. */
  readonly origin: string
  /** How long the frame may stay silent once it has loaded, in milliseconds. */
  readonly patience: number
  readonly timer: Timer
  readonly onTrouble: (trouble: LoadTrouble) => void
}

const framing = new Set(['frame-src', 'child-src', 'default-src', 'form-action'])

/** Finds out why an editor does not come. Returns the way to stop, for when it has come. */
export const watchLoading = ({ frame, origin, patience, timer, onTrouble }: LoadingOptions): (() => void) => {
  let isOver = false
  let cancel = () => {}
  const stop = () => {
    isOver = true
    cancel()
    frame.removeEventListener('load', onLoad)
    document.removeEventListener('securitypolicyviolation', onViolation)
  }
  const tell = (trouble: LoadTrouble) => {
    if (isOver) return
    stop()
    onTrouble(trouble)
  }
  const ask = async (otherwise: LoadTrouble) => {
    const answer: Reach = await reach(origin, timer)
    tell(answer === 'unreachable' ? { is: 'unreachable', origin } : otherwise)
  }
  const onViolation = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
    if (framing.has(effectiveDirective) && blockedURI.startsWith(origin))
      tell({ is: 'blocked', origin, directive: effectiveDirective })
  }
  // A page of the browser's own about a failure "loads" as well, so whether the server is there is asked at once.
  const onLoad = () => {
    cancel()
    cancel = timer(() => tell({ is: 'silent', origin }), patience)
    void reach(origin, timer).then((answer) => answer === 'unreachable' && tell({ is: 'unreachable', origin }))
  }
  if (isMixed(origin)) queueMicrotask(() => tell({ is: 'blocked', origin, directive: 'mixed-content' }))
  document.addEventListener('securitypolicyviolation', onViolation)
  frame.addEventListener('load', onLoad)
  cancel = timer(() => void ask({ is: 'slow', origin }), patience * 2)
  return stop
}

// A secure page shows no insecure frame, but for those of this machine.
const isMixed = (origin: string): boolean =>
  window.isSecureContext &&
  location.protocol === 'https:' &&
  origin.startsWith('http:') &&
  !/^http:\/\/(localhost|127\.[\d.]+|\[::1\])(:|$)/.test(origin)
