import { type ShareUrlType, shareUrlTypes } from '@openwopi/protocol'
import type { RestrictedLink, RestrictedLinks, Share, Shares } from './sharing.ts'

interface LinkOptions {
  /** What every link starts with. */
  readonly base?: string
  readonly newId?: () => string
}

interface ShareOptions extends LinkOptions {
  readonly types?: readonly ShareUrlType[]
  /** How long a link works, in milliseconds; default for ever. */
  readonly lifetime?: number
  readonly now?: () => number
}

const elsewhere = 'https://files.example/shared/'

/** Shares that live as long as the process. */
export function memoryShares({
  base = elsewhere,
  types = shareUrlTypes,
  lifetime = Number.POSITIVE_INFINITY,
  now = Date.now,
  newId = () => crypto.randomUUID(),
}: ShareOptions = {}): Shares {
  const shares = new Map<string, Share>()
  const works = ({ expiresAt = Number.POSITIVE_INFINITY }: Share) => expiresAt > now()
  const working = () => [...shares.values()].filter(works)

  return {
    types,
    async share({ resource, type, by }) {
      const known = working().find(
        (one) =>
          one.type === type &&
          one.by.id === by.id &&
          one.resource.on === resource.on &&
          one.resource.id === resource.id,
      )
      const ends = Number.isFinite(lifetime) && { expiresAt: now() + lifetime }
      const share = known ?? { url: base + newId(), resource, type, by, ...ends }
      shares.set(share.url, share)
      return share
    },
    async find(url) {
      const share = shares.get(url)
      return share && works(share) ? share : undefined
    },
    list: async ({ on, id }) => working().filter(({ resource }) => resource.on === on && resource.id === id),
    async revoke(url) {
      shares.delete(url)
    },
  }
}

/** Links of restricted use that live as long as the process. */
export function memoryRestrictedLinks({
  base = elsewhere,
  newId = () => crypto.randomUUID(),
  kinds = ['FORMS'],
}: LinkOptions & { readonly kinds?: readonly string[] } = {}): RestrictedLinks {
  const links = new Map<string, RestrictedLink>()
  const one = (fileId: string, kind: string) =>
    [...links.values()].find((link) => link.fileId === fileId && link.kind === kind)

  return {
    kinds,
    async link(fileId, kind) {
      const link = one(fileId, kind) ?? { url: base + newId(), fileId, kind }
      links.set(link.url, link)
      return link
    },
    find: async (url) => links.get(url),
    async revoke(fileId, kind) {
      const link = one(fileId, kind)
      if (link) links.delete(link.url)
    },
  }
}
