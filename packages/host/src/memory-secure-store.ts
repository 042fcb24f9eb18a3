import type { User } from './ports.ts'
import type { SecureStore, StoredCredentials } from './secure-store.ts'

/** A secure store that lives as long as the process, and into which credentials can be put. */
export interface MemorySecureStore extends SecureStore {
  put(applicationId: string, user: User, credentials: StoredCredentials): void
}

/** Credentials that live as long as the process. */
export function memorySecureStore(): MemorySecureStore {
  const kept = new Map<string, StoredCredentials>()
  const key = (applicationId: string, { id }: User) => JSON.stringify([applicationId, id])
  return {
    read: async (applicationId, user) => kept.get(key(applicationId, user)),
    put: (applicationId, user, credentials) => void kept.set(key(applicationId, user), credentials),
  }
}
