import type { Context } from 'hono'
import type { ServerEvent } from '../api.ts'
import type { Env } from '../http/env.ts'
import { eventStream } from '../http/event-stream.ts'
import type { Site } from '../site.ts'
import type { Followed } from './follow.ts'

/** What happens to the one document of a link, and that the link has ended, for the page of whoever followed it. */
export function linkEvents(site: Site, c: Context<Env>, { link, file }: Followed): Response {
  const resource = { on: 'file', id: file.id } as const
  return eventStream(c, (send, end) => {
    const check = async () => {
      if (await site.linkRights(link, resource)) return
      send({ what: 'ended', fileId: file.id })
      end()
    }
    const stop = site.events.subscribe({
      next(event) {
        // It may be the link to a folder that was revoked.
        if (event.what === 'shared') void check()
        if (event.fileId === file.id && forGuests.has(event.what)) send(event)
      },
      end,
    })
    return { stop, onBeat: () => void check() }
  })
}

const forGuests = new Set<ServerEvent['what']>(['renamed', 'conflict'])
