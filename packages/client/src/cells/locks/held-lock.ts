import type { Guid } from '../binary/guid.ts'

/** The lock that this client holds on the file, as far as it knows: a put shows it. */
export interface HeldLock {
  take(lock: { readonly id: string; readonly isSchema: boolean }): void
  release(): void
  /** What a put says of it in XML. */
  attributes(): Record<string, string>
  /** What a put says of it in its binary part. `undefined`: there is none, or its id is no GUID. */
  guid(): Guid | undefined
}

/** No lock, at first. */
export function createHeldLock(): HeldLock {
  let held: { readonly id: string; readonly isSchema: boolean } | undefined
  return {
    take(lock) {
      held = lock
    },
    release() {
      held = undefined
    },
    attributes: () => (held ? { BypassLockID: held.id, ...(held.isSchema && { SchemaLockID: held.id }) } : {}),
    guid: () => (held && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(held.id) ? held.id : undefined),
  }
}
