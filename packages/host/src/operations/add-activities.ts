import type { Activity, ActivityResponse } from '@openwopi/protocol'
import type { CommentActivity } from '../activities.ts'
import { readComment } from '../comment-activity.ts'
import type { Implementation } from '../implementation.ts'

export const addActivities: Implementation<'addActivities'> = ({ activities: port }) =>
  port &&
  (async ({ activities: { Activities } }, { file, grant, note }) => {
    // Whoever came by a link to look can comment on nothing, so what they tell of is made up.
    const isOnlooker = grant.user.isAnonymous && !grant.can.has('write')
    const taken = Activities.map(isOnlooker ? leave : take)
    const comments = taken.flatMap(({ comment }) => comment ?? [])
    if (comments.length > 0) {
      await port.add(file.id, comments, grant.user)
      note({ comments })
    }
    return { responses: { ActivityResponses: taken.map(({ response }) => response) } }
  })

interface Taken {
  readonly response: ActivityResponse
  readonly comment?: CommentActivity
}

const leave = ({ Id }: Activity): Taken => ({
  response: { Id, Status: 3, Message: 'activities of those who may only look are not kept' },
})

/** A comment is the one type that the protocol describes. */
function take(activity: Activity): Taken {
  const { Id, Type } = activity
  if (Type !== 'comment') return { response: { Id, Status: 3, Message: 'activities of this type are not kept' } }
  const read = readComment(activity)
  if (typeof read === 'string') return { response: { Id, Status: 2, Message: read } }
  return { response: { Id, Status: 0 }, comment: read }
}
