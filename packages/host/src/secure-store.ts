import type { User } from './ports.ts'

/** What a service asks for. */
export interface StoredCredentials {
  readonly userName: string
  readonly password: string
  readonly isWindows?: boolean
  /** They stand for a group, not for one person. */
  readonly isGroup?: boolean
}

/** Credentials that documents need to fetch their data from elsewhere. */
export interface SecureStore {
  /** `undefined`: none are kept for this application and this user. */
  read(applicationId: string, user: User): Promise<StoredCredentials | undefined>
}
