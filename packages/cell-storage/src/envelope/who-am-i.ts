import { succeeded } from './answer.ts'
import type { SubRequestHandler } from './answer-envelope.ts'

/** Who sends a request. */
export interface Caller {
  /** What the server knows them by. */
  readonly login: string
  /** As others read it. */
  readonly name: string
  readonly email?: string
  /** For messages. */
  readonly sipAddress?: string
  readonly isAnonymous: boolean
  readonly canWrite: boolean
}

/** Answers who the caller is. */
export const whoAmI =
  ({ login, name, email, sipAddress, isAnonymous }: Caller): SubRequestHandler =>
  async () =>
    succeeded({
      attributes: {
        UserLogin: login,
        UserName: name,
        UserEmailAddress: email,
        UserSIPAddress: sipAddress,
        UserIsAnonymous: String(isAnonymous),
      },
    })
