import type { AccessToken, StoredFile, User } from '@openwopi/host'
import { type SignedAccess, signedAccess } from '@openwopi/host/signed-access'
import type { People } from '../sign-in/people.ts'
import { everything, looking } from './permissions.ts'
import type { Revocations } from './revocations.ts'

/** What a token is wanted for. */
export interface Wish {
  readonly user: User
  readonly file: StoredFile
  /** For looking only, whatever the user may do. */
  readonly view: boolean
  /** The configured client that it is made for; its proof is then asked for. Absent: none in particular. */
  readonly client?: string
  /** Milliseconds. Absent: as configured. */
  readonly lifetime?: number
}

/** The access tokens that this server gives out. */
export interface Tokens {
  readonly access: SignedAccess
  mint(wish: Wish): AccessToken & { readonly id: string }
  /** Takes a token back before its time. `false`: it is none of ours. */
  revoke(token: string): boolean
}

export interface TokenOptions {
  readonly key: Uint8Array
  readonly people: People
  readonly revocations: Revocations
  /** Milliseconds. */
  readonly lifetime: number
  readonly now: () => number
}

/** Tokens for one user and one file each. Whether its user is still one is looked up with each call. */
export function createTokens({ key, people, revocations, lifetime, now }: TokenOptions): Tokens {
  const access = signedAccess({
    keys: [key],
    now,
    isRevoked: (tokenId) => revocations.has(tokenId),
    permissions: async (user) => ((await people.includes(user.id)) ? everything : undefined),
  })

  return {
    access,
    mint: ({ user, file, view, client, lifetime: wanted }) =>
      access.mint({
        user: { id: user.id, name: user.name },
        resource: { on: 'file', id: file.id },
        expiresAt: now() + (wanted ?? lifetime),
        ...(view && { can: looking }),
        ...(client !== undefined && { client }),
      }),
    revoke(token) {
      const known = access.identify(token)
      if (known) revocations.add(known.id, known.expiresAt)
      return known !== undefined
    },
  }
}
