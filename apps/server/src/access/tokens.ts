import type { AccessToken, StoredFile, User } from '@openwopi/host'
import { type SignedAccess, signedAccess } from '@openwopi/host/signed-access'
import { WopiError } from '@openwopi/protocol'
import type { LinkRights } from '../links/link-rights.ts'
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
  /** The id of the link that it stands and falls with. Absent: its user is one who signs in. */
  readonly share?: string
  /** Milliseconds. Absent: as configured. */
  readonly lifetime?: number
}

/** The access tokens that this server gives out. */
export interface Tokens {
  readonly access: SignedAccess
  mint(wish: Wish): AccessToken & { readonly id: string }
  /** Takes a token back before its time. `false`: it is none of ours. */
  revoke(token: string): Promise<boolean>
}

export interface TokenOptions {
  readonly key: Uint8Array
  readonly people: People
  /** What links let whoever has them do. */
  readonly linkRights: LinkRights
  readonly revocations: Revocations
  /** Milliseconds. */
  readonly lifetime: number
  readonly now: () => number
}

/** Tokens for one user and one file each. Whether its user is still one is looked up with each call. */
export function createTokens({ key, people, linkRights, revocations, lifetime, now }: TokenOptions): Tokens {
  const access = signedAccess({
    keys: [key],
    now,
    isRevoked: (tokenId) => revocations.has(tokenId),
    permissions: async (user, resource, share) => {
      if (share !== undefined) return linkRights(share, resource)
      return (await people.includes(user.id)) ? everything : undefined
    },
  })

  return {
    access: { ...access, issue: withinLink(access) },
    mint: ({ user, file, view, client, share, lifetime: wanted }) =>
      access.mint({
        user: { id: user.id, name: user.name, ...(user.isAnonymous && { isAnonymous: true }) },
        resource: { on: 'file', id: file.id },
        expiresAt: now() + (wanted ?? lifetime),
        ...(view && { can: looking }),
        ...(client !== undefined && { client }),
        ...(share !== undefined && { share }),
      }),
    async revoke(token) {
      const known = access.identify(token)
      if (known) await revocations.add(known.id, known.expiresAt)
      return known !== undefined
    },
  }
}

/** A link leads to one document, and from there to nothing: a token for something else would be worth nothing anyway. */
const withinLink =
  ({ authorize, issue }: SignedAccess): SignedAccess['issue'] =>
  async (grant, resource) => {
    const made = await issue(grant, resource)
    if (grant.share !== undefined && !(await authorize(made.token, resource))) throw new WopiError('NotFound', {})
    return made
  }
