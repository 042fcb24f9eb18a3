import type { HostEvent } from '@openwopi/host'
import { operationEntries } from '@openwopi/protocol'
import { deedOfCall } from './audit/deed-of-call.ts'
import { doneInCells, isInCells } from './cells/done-in-cells.ts'
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

/** Clients of cell storage ask every few seconds whether there is anything new. */
const onlyReads = (call: HostEvent): boolean =>
  isInCells(call) ? doneInCells(call) === undefined : reading.has(call.operation)

function logEventOf(call: HostEvent): LogEvent {
  const { operation, resource, status, error, milliseconds, user, client, correlationId } = call
  return {
    level: status >= 500 && status !== 501 ? 'error' : onlyReads(call) && status < 400 ? 'debug' : 'info',
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
