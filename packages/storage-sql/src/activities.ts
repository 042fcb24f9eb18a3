import type { Activities, CommentActivity, KeptActivity } from '@openwopi/host'
import { atomically } from './atomically.ts'
import { isKey } from './names.ts'
import type { Store, Trx } from './store.ts'
import { userKey } from './user-info.ts'

interface Row {
  readonly activity: string
  readonly author: string
  readonly told_at: number
}

/** What clients tell of files, in a database. */
export function openActivities(store: Store): Activities {
  const { db, now } = store
  return {
    async add(fileId, activities, by) {
      const author = JSON.stringify(by)
      await atomically(store, async (trx) => {
        for (const activity of activities) await keepActivity(trx, { fileId, activity, author, at: now() })
      })
    },
    async list(fileId) {
      if (!isKey(fileId)) return []
      const rows = await db
        .selectFrom('activities')
        .select(['activity', 'author', 'told_at'])
        .where('file_id', '=', fileId)
        .orderBy('number')
        .execute()
      return rows.map(toActivity)
    },
    async mentioning(userId, limit) {
      const rows = await db
        .selectFrom('mentions')
        .innerJoin('activities', 'activities.number', 'mentions.number')
        .select(['file_id', 'activity', 'author', 'told_at'])
        .where('user_key', '=', userKey(userId))
        .orderBy('mentions.number', 'desc')
        .limit(limit)
        .execute()
      return rows.map((row) => ({ ...toActivity(row), fileId: row.file_id }))
    },
  }
}

interface Telling {
  readonly fileId: string
  readonly activity: CommentActivity
  readonly author: string
  readonly at: number
}

/** Keeps what has been told. `false`: it is known already. */
export async function keepActivity(trx: Trx, { fileId, activity, author, at }: Telling): Promise<boolean> {
  const kept = await trx
    .insertInto('activities')
    .values({
      ...{ file_id: fileId, activity_key: JSON.stringify(activity.id) },
      ...{ activity: JSON.stringify(activity), author, told_at: at },
    })
    .onConflict((conflict) => conflict.columns(['file_id', 'activity_key']).doNothing())
    .returning('number')
    .executeTakeFirst()
  const mentioned = new Set(activity.people.flatMap(({ id, isMentioned }) => (isMentioned ? [id] : [])))
  if (!kept || mentioned.size === 0) return kept !== undefined
  const rows = [...mentioned].map((id) => ({ user_key: userKey(id), number: kept.number }))
  await trx.insertInto('mentions').values(rows).execute()
  return true
}

const toActivity = ({ activity, author, told_at }: Row): KeptActivity => ({
  ...JSON.parse(activity),
  by: JSON.parse(author),
  toldAt: told_at,
})
