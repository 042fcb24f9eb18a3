import type { Timer } from './timer.ts'

/** Whether something answers at an origin. `unknown`: this page is not allowed to ask. */
export type Reach = 'reachable' | 'unreachable' | 'unknown'

// A server that has not answered by then is of no use to whoever waits.
const patience = 10_000

/** Asks whether anything answers at `origin`. What it answers stays hidden from the page. */
export const reach = async (origin: string, timer: Timer): Promise<Reach> => {
  let isForbidden = false
  const onViolation = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
    isForbidden ||= effectiveDirective === 'connect-src'
  }
  const controller = new AbortController()
  const cancel = timer(() => controller.abort(), patience)
  document.addEventListener('securitypolicyviolation', onViolation)
  try {
    await fetch(`${origin}/favicon.ico`, {
      mode: 'no-cors',
      cache: 'no-store',
      credentials: 'omit',
      signal: controller.signal,
    })
    return 'reachable'
  } catch {
    // The event that says that the page's own policy was the reason comes as a task of its own.
    await new Promise<void>((resolve) => timer(resolve, 50))
    return isForbidden ? 'unknown' : 'unreachable'
  } finally {
    cancel()
    document.removeEventListener('securitypolicyviolation', onViolation)
  }
}
