import type { Permission, Share, StoredFile } from '@openwopi/host'
import type { Context } from 'hono'
import type { Env } from '../http/env.ts'
import { Refusal, tooMany } from '../http/refusal.ts'
import type { Site } from '../site.ts'
import { sharePath } from './open-links.ts'

/** A document that a link leads to. */
export interface Followed {
  /** The id of the link. */
  readonly link: string
  readonly file: StoredFile
  readonly can: ReadonlySet<Permission>
}

/** The share that a link of this server stands for. Throws a `Refusal` if it is none, and counts that against the peer. */
export async function followShare(site: Site, c: Context<Env>): Promise<Share> {
  const secret = c.req.param('secret') ?? ''
  const share = await site.links.shares?.find(`${site.addresses.public}${sharePath}/${secret}`)
  if (!share || !(await site.people.includes(share.by.id))) throw await refusalOfGuess(site, c)
  return share
}

/** The document that a link leads to: its own, or the one in its folder that the address names. */
export async function followToFile(site: Site, c: Context<Env>): Promise<Followed> {
  const share = await followShare(site, c)
  const id = c.req.param('file') ?? (share.resource.on === 'file' ? share.resource.id : '')
  const file = await fileOf(site, id)
  const can = await site.linkRights(share.id, { on: 'file', id })
  if (!can) throw gone()
  return { link: share.id, file, can }
}

/** The refusal of someone who comes with a link that is none. */
export async function refusalOfGuess({ limits }: Site, c: Context<Env>): Promise<Refusal> {
  const wait = await limits.guessing.take(c.var.peer.address)
  return wait > 0
    ? tooMany('Too many links that do not work were tried from here. Wait a little and try again.', wait)
    : new Refusal(
        404,
        'This link does not work. It may have been revoked or have ended, or a part of it is missing. Ask whoever sent it for a new one.',
      )
}

/** The answer to addresses below those of links that lead nowhere. */
export function nothingHere(): never {
  throw new Refusal(404, 'There is nothing here. Look whether a part of the link is missing.')
}

/** What is not there, and what is not where the link leads, are told apart by nothing. */
const gone = () => new Refusal(404, 'The document that this link led to is not there any more.')

/** Throws a `Refusal` if the file is gone. */
export async function fileOf({ folder }: Pick<Site, 'folder'>, id: string): Promise<StoredFile> {
  const file = await folder.storage.find(id)
  if (!file) throw gone()
  return file
}
