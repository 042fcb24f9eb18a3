import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { FailedSaveItem, FailedSaveList } from '../api.ts'
import { attachment } from '../files/download.ts'
import { bodyStream } from '../http/body-stream.ts'
import type { Env } from '../http/env.ts'
import { Refusal } from '../http/refusal.ts'
import type { Person } from '../sign-in/person.ts'
import type { Site } from '../site.ts'
import type { FailedSave } from '../spool/failed-save.ts'
import type { FoundSave, Recovery } from '../spool/recovery.ts'
import type { SaveElsewhere } from '../spool/spool-places.ts'
import { bodyOf } from './body.ts'
import { fileItem } from './items.ts'

const wish = z.object({ as: z.enum(['version', 'copy']) })

/** Saves that could not be stored: everybody's own, and all of them for owners. */
export function failedSaveRoutes(site: Site): Hono<Env> {
  const { recovery, spoolPlaces } = site
  if (!recovery) return new Hono<Env>().get('/', (c) => c.json({ items: [] } satisfies FailedSaveList))

  return new Hono<Env>()
    .get('/', async (c) => {
      const all = await recovery.list()
      const here = all.filter((save) => isFor(save, c.var.person)).map(itemOf)
      await spoolPlaces?.tell()
      const others = ((await spoolPlaces?.elsewhere()) ?? []).filter(
        ({ user_id }) => c.var.person.isOwner || c.var.person.id === user_id,
      )
      const items = [...here, ...others.map(itemElsewhere)]
      return c.json({ items } satisfies FailedSaveList)
    })
    .use('/:id/*', answeredElsewhere(site))
    .use('/:id', answeredElsewhere(site))
    .get('/:id/content', async (c) => {
      const save = await ownSave(recovery, c)
      return c.body(bodyStream(recovery.read(save)), 200, {
        ...attachment(save.name ?? 'document'),
        'Content-Length': String(save.size),
      })
    })
    .post('/:id/restore', async (c) => {
      const save = await ownSave(recovery, c)
      const { as } = await bodyOf(c, wish)
      const { person } = c.var
      const file = as === 'version' ? await recovery.replace(save, person) : await recovery.copy(save, person)
      await spoolPlaces?.tell()
      return c.json(await fileItem(site, person, file))
    })
    .delete('/:id', async (c) => {
      const { id } = c.req.param()
      if (!c.var.person.isOwner) await ownSave(recovery, c)
      await recovery.discard(id, c.var.person)
      await spoolPlaces?.tell()
      return c.body(null, 204)
    })
}

/** What is done with a save is done by the server on which it lies, which looks itself at who asks. */
const answeredElsewhere =
  ({ spoolPlaces }: Site): MiddlewareHandler<Env, '/:id'> =>
  async (c, next) => {
    const { incoming, outgoing } = c.env
    const { id } = c.req.param()
    try {
      return (await spoolPlaces?.answeredThere(id, incoming, outgoing)) ? RESPONSE_ALREADY_SENT : next()
    } catch (cause) {
      if (outgoing.headersSent) return RESPONSE_ALREADY_SENT
      if (c.req.method !== 'DELETE' || !c.var.person.isOwner)
        throw new Refusal(503, 'The server on which this save lies does not answer. It waits there.', { cause })
      await spoolPlaces?.forget(id)
      return c.body(null, 204)
    }
  }

function itemElsewhere({ isThere, ...row }: SaveElsewhere): FailedSaveItem {
  const { id, at, size, name, file_id: fileId, folder_id: folderId, address } = row
  const by = row.user_name || 'Someone'
  if (!isThere) {
    const problem = `A save of ${by}${name === null ? '' : ` (“${name}”)`} waits on the server ${address}, which does not answer. Start it again, or discard this if there is no such server any more.`
    return { id, problem }
  }
  return {
    ...{ id, at, size, by },
    ...(name !== null && { name }),
    ...(fileId !== null && { fileId }),
    ...(folderId !== null && { folderId }),
  }
}

const isFor = (save: FoundSave, { isOwner, id }: Person): boolean => isOwner || ('user' in save && save.user.id === id)

/** One of somebody else's is none, but for owners. */
async function ownSave(recovery: Recovery, c: Context<Env, '/:id'>): Promise<FailedSave> {
  const save = await recovery.find(c.req.param('id'))
  if (isFor(save, c.var.person)) return save
  throw new Refusal(404, 'This save is not there any more. Somebody has recovered or discarded it.')
}

function itemOf(save: FoundSave): FailedSaveItem {
  if (!('at' in save)) return { id: save.id, problem: save.problem }
  const { id, at, size, name, fileId, folderId, user, obstacle } = save
  return {
    ...{ id, at, size, by: user.name || 'Someone' },
    ...(name !== undefined && { name }),
    ...(fileId !== undefined && save.kind === 'save' && { fileId }),
    ...(folderId !== undefined && { folderId }),
    ...(obstacle !== undefined && { obstacle }),
  }
}
