import { type Permission, type ShareUrlType, shareUrlTypes, WopiError } from '@openwopi/protocol'
import type { Grant, ResourceRef, StoredFile } from './ports.ts'
import type { RestrictedLinks, Shares } from './sharing.ts'

/** What a user must be allowed to do to let others do it. */
const needed: Readonly<Record<ShareUrlType, Permission>> = { ReadOnly: 'read', ReadWrite: 'write' }

/**
 * The types of link that a user can make of something. Anonymous users make none: whoever came by a link would else
 * leave one behind that outlives it, and nobody would know whose it is.
 */
export const shareTypes = (
  shares: Shares,
  { user, can }: Grant,
  { isReadOnly = false }: Pick<StoredFile, 'isReadOnly'>,
): readonly ShareUrlType[] =>
  shareUrlTypes.filter(
    (type) =>
      shares.types.includes(type) &&
      !user.isAnonymous &&
      can.has(needed[type]) &&
      !(isReadOnly && type === 'ReadWrite'),
  )

/** The uses that a user can make restricted links for, and revoke them. For anonymous users the same holds. */
export const restrictedKinds = ({ kinds }: RestrictedLinks, { user }: Grant): readonly string[] =>
  user.isAnonymous ? [] : kinds

interface Wanted {
  readonly resource: ResourceRef
  readonly urlType: string | undefined
  readonly types: readonly ShareUrlType[]
  readonly grant: Grant
}

/** A link of the type asked for. A type that there is no link of is a part of the protocol that is not offered. */
export async function shareUrl(shares: Shares, { resource, urlType, types, grant }: Wanted) {
  const type = types.find((each) => each === urlType)
  if (!type) throw new WopiError('NotImplemented', {})
  const { url } = await shares.share({ resource, type, by: grant.user })
  return { share: { ShareUrl: url } }
}
