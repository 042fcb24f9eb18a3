import { WopiError } from '@openwopi/protocol'

/** What a page is told when the host has refused, or has not answered. */
export function whyNot(cause: unknown): 'no-access' | 'host-away' {
  const isRefused = WopiError.is(cause, 'InvalidToken') || WopiError.is(cause, 'NotFound')
  return isRefused ? 'no-access' : 'host-away'
}
