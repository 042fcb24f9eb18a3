import type { ShareUrlType } from '@openwopi/protocol'
import type { ResourceRef, User } from './ports.ts'

/** A link that lets whoever has it see, or change, a file or a container. */
export interface Share {
  /** Absolute, and not to be guessed. */
  readonly url: string
  readonly resource: ResourceRef
  readonly type: ShareUrlType
  /** Who made it. */
  readonly by: User
  /** Milliseconds since the epoch. Absent: it does not end by itself. */
  readonly expiresAt?: number
}

/** Links by which users let others in. */
export interface Shares {
  /** The types of link there are. */
  readonly types: readonly ShareUrlType[]
  /** Makes a link, or gives the one that this user has made before and that still works. */
  share(wanted: Pick<Share, 'resource' | 'type' | 'by'>): Promise<Share>
  /** What a link stands for. `undefined`: nothing, or nothing any more. */
  find(url: string): Promise<Share | undefined>
  /** The links of a resource that work. */
  list(resource: ResourceRef): Promise<readonly Share[]>
  /** Makes a link worthless, for ever; one that is so already stays so. */
  revoke(url: string): Promise<void>
}

/** A link to a file that is good for one use. */
export interface RestrictedLink {
  /** Absolute, and not to be guessed. */
  readonly url: string
  readonly fileId: string
  readonly kind: string
}

/** Links of restricted use. */
export interface RestrictedLinks {
  /** The uses there are links for, such as `FORMS`. */
  readonly kinds: readonly string[]
  /** Makes a link, or gives the one that works. */
  link(fileId: string, kind: string, by: User): Promise<RestrictedLink>
  /** What a link stands for. `undefined`: nothing, or nothing any more. */
  find(url: string): Promise<RestrictedLink | undefined>
  /** Makes every link of this kind to the file worthless, for ever. */
  revoke(fileId: string, kind: string): Promise<void>
}
