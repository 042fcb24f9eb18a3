import type { Activities, CommentActivity, KeptActivity } from '@openwopi/host'
import type { Database } from './database.ts'

interface Row {
  readonly number: number
  readonly file: string
  readonly activity: string
  readonly author: string
  readonly toldAt: number
}

const columns = 'number, file, activity, author, toldAt'

/** What clients tell of files, in the index. */
export function openActivities(database: Database, now: () => number): Activities {
  const insertion = database.prepare(
    'INSERT INTO activities (file, id, activity, author, toldAt) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const last = database.prepare<{ number: number }>('SELECT last_insert_rowid() AS number')
  const mention = database.prepare('INSERT INTO mentions VALUES (?, ?) ON CONFLICT DO NOTHING')
  const ofFile = database.prepare<Row>(`SELECT ${columns} FROM activities WHERE file = ? ORDER BY number`)
  const ofUser = database.prepare<Row>(
    `SELECT ${columns} FROM mentions JOIN activities ON number = told
     WHERE user = ? ORDER BY number DESC LIMIT ?`,
  )

  function keep(fileId: string, activity: CommentActivity, author: string): void {
    const text = JSON.stringify(activity)
    if (insertion.run(fileId, activity.id, text, author, now()) === 0) return
    const { number } = last.get() ?? { number: 0 }
    for (const { id, isMentioned } of activity.people) if (isMentioned) mention.run(id, number)
  }

  return {
    async add(fileId, activities, by) {
      const author = JSON.stringify(by)
      database.transaction(() => {
        for (const activity of activities) keep(fileId, activity, author)
      })
    },
    list: async (fileId) => ofFile.all(fileId).map(toActivity),
    mentioning: async (userId, limit) =>
      ofUser.all(userId, limit).map((row) => ({ ...toActivity(row), fileId: row.file })),
  }
}

const toActivity = ({ activity, author, toldAt }: Row): KeptActivity => ({
  ...JSON.parse(activity),
  by: JSON.parse(author),
  toldAt,
})
