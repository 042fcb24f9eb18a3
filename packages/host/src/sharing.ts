import type { ShareUrlType } from '@openwopi/protocol'
import type { ResourceRef, User } from './ports.ts'

/** A link that lets whoever has it see, or change, a file or a container. */
export interface Share {
  /** Names the link in lists, logs and tokens. Nobody opens anything with it. */
  readonly id: string
  /** Absolute, and not to be guessed. */
  readonly url: string
  readonly resource: ResourceRef
  readonly type: ShareUrlType
  /** Who made it. */
  readonly by: User
  /** Milliseconds since the epoch. */
  readonly madeAt: number
  /** Milliseconds since the epoch. Absent: it does not end by itself. */
  readonly expiresAt?: number
}

/** A link that is wanted. `expiresAt`: the latest that it shall end; absent: as long as there are links for. */
export type WantedShare = Pick<Share, 'resource' | 'type' | 'by' | 'expiresAt'>

/** What links can lead to. */
export type SharedKind = 'file' | 'container'

/** Links by which users let others in. */
export interface Shares {
  /** The types of link there are. */
  readonly types: readonly ShareUrlType[]
  /** What there are links to. */
  readonly kinds: readonly SharedKind[]
  /** Makes a link, or gives the one that this user has made before of the same wish and that still works. */
  share(wanted: WantedShare): Promise<Share>
  /** What a link stands for. `undefined`: nothing, or nothing any more. */
  find(url: string): Promise<Share | undefined>
  /** The link of this id. `undefined`: there is none, or none that works. */
  get(id: string): Promise<Share | undefined>
  /** The links of a resource that work, in the order in which they were made. */
  list(resource: ResourceRef): Promise<readonly Share[]>
  /** Makes a link worthless, for ever; one that is so already stays so. */
  revoke(url: string): Promise<void>
}

/** A link to a file that is good for one use. */
export interface RestrictedLink {
  /** Names the link in logs and tokens. Nobody opens anything with it. */
  readonly id: string
  /** Absolute, and not to be guessed. */
  readonly url: string
  readonly fileId: string
  readonly kind: string
  /** Who made it. */
  readonly by: User
}

/** Links of restricted use. */
export interface RestrictedLinks {
  /** The uses there are links for, such as `FORMS`. */
  readonly kinds: readonly string[]
  /** Makes a link, or gives the one that works. */
  link(fileId: string, kind: string, by: User): Promise<RestrictedLink>
  /** What a link stands for. `undefined`: nothing, or nothing any more. */
  find(url: string): Promise<RestrictedLink | undefined>
  /** The link of this id. `undefined`: there is none, or none that works. */
  get(id: string): Promise<RestrictedLink | undefined>
  /** The links of a file that work. */
  list(fileId: string): Promise<readonly RestrictedLink[]>
  /** Makes every link of this kind to the file worthless, for ever. */
  revoke(fileId: string, kind: string): Promise<void>
}
