import { WopiError } from '@openwopi/protocol'
import { NotOpened } from './read-content.ts'

/** What a page is told when the host has refused, or has not answered. */
export function whyNot(cause: unknown): 'no-access' | 'host-away' {
  const isRefused = WopiError.is(cause, 'InvalidToken') || WopiError.is(cause, 'NotFound')
  return isRefused ? 'no-access' : 'host-away'
}

/** Whether it may help to ask again. */
export const mayPass = (cause: unknown): boolean =>
  cause instanceof WopiError
    ? cause.code === 'ServerError' || cause.code === 'ServerBusy'
    : !(cause instanceof NotOpened)
