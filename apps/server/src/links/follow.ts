import type { Permission, Share, StoredFile } from '@openwopi/host'
import type { Context } from 'hono'
import type { Env } from '../http/env.ts'
import { Refusal, tooMany } from '../http/refusal.ts'
import type { Site } from '../site.ts'
import { sharePath } from './open-links.ts'

/** Where a link leads. */
export interface Followed {
  /** The id of the link. */
  readonly link: string
  readonly file: StoredFile
  readonly can: ReadonlySet<Permission>
}

/** What a share link of this server leads to. Throws a `Refusal` if it leads nowhere, and counts that against the peer. */
export async function followShare(site: Site, c: Context<Env>, secret: string): Promise<Followed> {
  const share = await site.links.shares?.find(`${site.addresses.public}${sharePath}/${secret}`)
  const can = share && (await site.linkRights(share.id, share.resource))
  if (!share || !can) throw refusalOfGuess(site, c)
  return { link: share.id, file: await fileOf(site, share.resource), can }
}

/** The refusal of someone who comes with a link that is none. */
export function refusalOfGuess({ limits }: Site, c: Context<Env>): Refusal {
  const wait = limits.guessing.take(c.var.peer.address)
  return wait > 0
    ? tooMany('Too many links that do not work were tried from here. Wait a little and try again.', wait)
    : new Refusal(
        404,
        'This link does not work. It may have been revoked or have ended, or a part of it is missing. Ask whoever sent it for a new one.',
      )
}

/** Throws a `Refusal` if the file is gone. */
export async function fileOf({ folder }: Pick<Site, 'folder'>, { id }: Share['resource']): Promise<StoredFile> {
  const file = await folder.storage.find(id)
  if (!file) throw new Refusal(404, 'The document that this link led to is not there any more.')
  return file
}
