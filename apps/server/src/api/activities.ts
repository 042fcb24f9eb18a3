import type { KeptActivity } from '@openwopi/host'
import { Hono } from 'hono'
import { z } from 'zod'
import type { ActivityItem, ActivityList, MentionList } from '../api.ts'
import type { Env } from '../http/env.ts'
import { Refusal } from '../http/refusal.ts'
import type { Site } from '../site.ts'
import { bodyOf } from './body.ts'
import { fileOf } from './items.ts'
import { readable } from './readable.ts'

/** The most that is shown of a file's activities, and of what mentions somebody. */
const [mostActivities, mostMentions] = [500, 50]

/** What happened in a file, as editors tell it. */
export const activityRoutes = (site: Site): Hono<Env> =>
  new Hono<Env>().get('/:id/activities', async (c) => {
    const { activities } = site.links
    if (!activities) throw new Refusal(404, 'This server keeps no activities: it was started without them.')
    const file = await fileOf(site, c.req.param('id'))
    const list = await activities.list(file.id)
    const items = list.toReversed().slice(0, mostActivities)
    return c.json({ items: items.map((one) => activityItem(one, list)) } satisfies ActivityList)
  })

const seen = z.object({ until: z.int().min(0).max(Number.MAX_SAFE_INTEGER) })

/** Where somebody is mentioned in documents that they can open. */
export const mentionRoutes = (site: Site): Hono<Env> =>
  new Hono<Env>()
    .get('/', async (c) => c.json({ items: await mentionsOf(site, c.var.person.id) } satisfies MentionList))
    .post('/seen', async (c) => {
      const { until } = await bodyOf(c, seen)
      await site.mentionsSeen.note(c.var.person.id, Math.min(until, site.now()))
      return c.body(null, 204)
    })

async function mentionsOf({ links: { activities }, folder, mentionsSeen }: Site, userId: string) {
  const found = (await activities?.mentioning(userId, mostMentions)) ?? []
  const seenUntil = await mentionsSeen.until(userId)
  const ofFiles = new Map(
    await Promise.all(
      [...new Set(found.map(({ fileId }) => fileId))].map(async (fileId) => {
        // Whoever may use this server may see every file that is there.
        const file = await folder.storage.find(fileId)
        return [fileId, file && { file, all: (await activities?.list(fileId)) ?? [] }] as const
      }),
    ),
  )
  return found.flatMap((mention) => {
    const known = ofFiles.get(mention.fileId)
    if (!known || mention.by.id === userId || isGone(mention, known.all)) return []
    const { id: fileId, name: fileName, parentId: folderId } = known.file
    return { ...activityItem(mention, known.all), fileId, fileName, folderId, isNew: mention.toldAt > seenUntil }
  })
}

/** Whether the comment has been deleted since. */
const isGone = ({ contentId }: KeptActivity, all: readonly KeptActivity[]): boolean =>
  all.findLast((one) => one.contentId === contentId)?.action === 'deleted'

function activityItem(activity: KeptActivity, all: readonly KeptActivity[]): ActivityItem {
  const { by, toldAt, action, isReply, text, people } = activity
  const number = all.findIndex(({ id }) => id === activity.id)
  return {
    ...{ number, by: readable(by.name, longestName), at: toldAt, action, isReply },
    ...(text !== undefined && !isGone(activity, all) && { text: readable(text, longestText) }),
    mentions: people.flatMap(({ name, isMentioned }) => (isMentioned ? readable(name, longestName) : [])),
  }
}

/** Characters. */
const [longestName, longestText] = [100, 2000]
