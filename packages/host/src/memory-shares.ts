import { type ShareUrlType, shareUrlTypes } from '@openwopi/protocol'
import type { RestrictedLink, RestrictedLinks, Share, SharedKind, Shares, WantedShare } from './sharing.ts'

interface LinkOptions {
  /** What every link starts with. */
  readonly base?: string
  readonly newId?: () => string
}

interface ShareOptions extends LinkOptions {
  readonly types?: readonly ShareUrlType[]
  readonly kinds?: readonly SharedKind[]
  /** The longest that a link works, in milliseconds; default for ever. */
  readonly lifetime?: number
  readonly now?: () => number
}

const elsewhere = 'https://files.example/shared/'
const never = Number.POSITIVE_INFINITY

/** Shares that live as long as the process. */
export function memoryShares({
  base = elsewhere,
  types = shareUrlTypes,
  kinds = ['file', 'container'],
  lifetime = never,
  now = Date.now,
  newId = () => crypto.randomUUID(),
}: ShareOptions = {}): Shares {
  const shares = new Map<string, { readonly share: Share; readonly wanted: WantedShare }>()
  const working = () => [...shares.values()].filter(({ share }) => (share.expiresAt ?? never) > now())
  const one = (is: (share: Share) => boolean) => working().find(({ share }) => is(share))?.share

  function make({ resource, type, by, expiresAt = never }: WantedShare): Share {
    const ends = Math.min(expiresAt, now() + lifetime)
    const made = { id: newId(), url: base + newId(), resource, type, by, madeAt: now() }
    return { ...made, ...(Number.isFinite(ends) && { expiresAt: ends }) }
  }

  return {
    types,
    kinds,
    async share(wanted) {
      const known = working().find((before) => isSame(before.wanted, wanted))?.share
      const share = known ?? make(wanted)
      if (!known) shares.set(share.url, { share, wanted })
      return share
    },
    find: async (url) => one((share) => share.url === url),
    get: async (id) => one((share) => share.id === id),
    list: async ({ on, id }) =>
      working().flatMap(({ share }) => (share.resource.on === on && share.resource.id === id ? share : [])),
    async revoke(url) {
      shares.delete(url)
    },
  }
}

const isSame = (a: WantedShare, b: WantedShare): boolean =>
  a.type === b.type &&
  a.by.id === b.by.id &&
  a.expiresAt === b.expiresAt &&
  a.resource.on === b.resource.on &&
  a.resource.id === b.resource.id

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
    async link(fileId, kind, by) {
      const link = one(fileId, kind) ?? { id: newId(), url: base + newId(), fileId, kind, by }
      links.set(link.url, link)
      return link
    },
    find: async (url) => links.get(url),
    get: async (id) => [...links.values()].find((link) => link.id === id),
    list: async (fileId) => [...links.values()].filter((link) => link.fileId === fileId),
    async revoke(fileId, kind) {
      const link = one(fileId, kind)
      if (link) links.delete(link.url)
    },
  }
}
