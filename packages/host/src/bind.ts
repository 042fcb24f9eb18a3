import { fileProperties, type OperationName, operationEntries } from '@openwopi/protocol'
import { operationsOf } from './features.ts'
import type { AnyHandler, Ports } from './implementation.ts'
import { implementations } from './operations/index.ts'

export type Handlers = ReadonlyMap<OperationName, AnyHandler>

/** The operations this host offers, each bound to its ports. */
export function bind(ports: Ports): Handlers {
  const handlers = new Map<OperationName, AnyHandler>()
  const left = operationsOf(ports.without)
  for (const [name] of operationEntries) {
    const handler = left.has(name) ? undefined : implementations[name](ports)
    // The pipeline decodes a handler's input from the very row its type comes from.
    if (handler) handlers.set(name, handler as AnyHandler)
  }
  return handlers
}

/**
 * A Supports… property is true when every operation it promises has a handler, save those that a property of their own
 * denies. Properties that promise more than yes or no are left to whoever knows what to say.
 */
export function keptPromises(handlers: Handlers): Readonly<Record<string, boolean>> {
  const promises: Record<string, boolean> = {}
  for (const [name, { promisedBy, deniedBy }] of operationEntries) {
    if (deniedBy) promises[deniedBy] = !handlers.has(name)
    else if (promisedBy && fileProperties[promisedBy].kind === 'bool')
      promises[promisedBy] = (promises[promisedBy] ?? true) && handlers.has(name)
  }
  return promises
}
