import type { Activities, CommentActivity } from './activities.ts'
import type { User } from './ports.ts'

/** Activities that live as long as the process. */
export function memoryActivities(): Activities {
  const kept = new Map<string, Map<string, CommentActivity & { readonly by: User }>>()
  return {
    async add(fileId, activities, by) {
      const ofFile = kept.get(fileId) ?? new Map()
      for (const activity of activities) if (!ofFile.has(activity.id)) ofFile.set(activity.id, { ...activity, by })
      kept.set(fileId, ofFile)
    },
    list: async (fileId) => [...(kept.get(fileId)?.values() ?? [])],
  }
}
