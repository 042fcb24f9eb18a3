import type { HostEvent } from '@openwopi/host'
import { operationEntries } from '@openwopi/protocol'
import { deedOfCall } from './audit/deed-of-call.ts'
import { eventOfCall } from './events.ts'
import { causeOf, type LogEvent } from './log-event.ts'
import type { Site } from './site.ts'

const reading = new Set<HostEvent['operation']>(
  operationEntries.filter(([name, { method }]) => method === 'GET' || name === 'getLock').map(([name]) => name),
)

/** Tells the pages, the log and whoever watches or keeps account of locks what each WOPI call has done. */
export const observeCalls =
  ({ audit, events, lockHolders, watch, log }: Pick<Site, 'audit' | 'events' | 'lockHolders' | 'watch' | 'log'>) =>
  (call: HostEvent): void => {
    log(logEventOf(call))
    watch.note(call)
    lockHolders.note(call)
    const deed = deedOfCall(call)
    if (deed) audit.note(deed)
    const event = eventOfCall(call)
    if (event) events.publish(event)
  }

function logEventOf({
  operation,
  resource,
  status,
  error,
  milliseconds,
  user,
  client,
  correlationId,
}: HostEvent): LogEvent {
  return {
    level: status >= 500 && status !== 501 ? 'error' : reading.has(operation) && status < 400 ? 'debug' : 'info',
    event: 'wopi',
    operation: operation ?? 'unknown',
    status,
    milliseconds: Math.round(milliseconds),
    ...(resource && { [resource.on]: resource.id.slice(0, 100) }),
    ...(user && { user: user.id }),
    ...(client !== undefined && { client }),
    ...(correlationId !== undefined && { correlationId: correlationId.slice(0, 100) }),
    ...(error && { failure: error.code, ...(error.cause !== undefined && status >= 500 ? causeOf(error.cause) : {}) }),
  }
}
