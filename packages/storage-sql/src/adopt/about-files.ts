import { keepActivity } from '../activities.ts'
import { atomically } from '../atomically.ts'
import type { Store } from '../store.ts'
import { type MovedTable, type Records, recordsIn } from './records.ts'

const activities = 'activities'

/** What people and clients have told about files. Whom an activity mentions follows from it. */
const tables: readonly MovedTable[] = [
  { name: 'user_info', columns: ['user_key', 'info'], order: ['user_key'] },
  {
    name: 'shares',
    columns: [
      ...['id', 'kind', 'resource_id', 'type', 'author', 'author_id', 'made_at', 'expires_at', 'wanted_until', 'wish'],
    ],
    order: ['id'],
  },
  { name: 'restricted_links', columns: ['id', 'file_id', 'kind', 'author'], order: ['id'] },
  {
    name: activities,
    columns: ['file_id', 'activity_key', 'activity', 'author', 'told_at'],
    order: ['number'],
    same: ['file_id', 'activity_key'],
  },
]

/** Links, comments and what clients keep for users. */
export function aboutFiles(store: Store): Records {
  const { all, add } = recordsIn(store.db, tables)
  return {
    all,
    async add(record) {
      if (record.table !== activities) return add(record)
      const { file_id, activity, author, told_at } = record.row
      return atomically(store, (trx) =>
        keepActivity(trx, {
          fileId: String(file_id),
          activity: JSON.parse(String(activity)),
          author: String(author),
          at: Number(told_at),
        }),
      )
    },
  }
}
