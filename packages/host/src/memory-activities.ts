import type { Activities, KeptActivity } from './activities.ts'

type OfFile = KeptActivity & { readonly fileId: string }

/** Activities that live as long as the process. */
export function memoryActivities({ now = Date.now }: { readonly now?: () => number } = {}): Activities {
  const kept: OfFile[] = []
  const isKnown = (fileId: string, id: string) => kept.some((one) => one.fileId === fileId && one.id === id)
  return {
    async add(fileId, activities, by) {
      for (const activity of activities)
        if (!isKnown(fileId, activity.id)) kept.push({ ...activity, by, toldAt: now(), fileId })
    },
    list: async (fileId) =>
      kept.filter((one) => one.fileId === fileId).map(({ fileId: _, ...activity }): KeptActivity => activity),
    mentioning: async (userId, limit) =>
      kept
        .filter(({ people }) => people.some(({ id, isMentioned }) => isMentioned && id === userId))
        .reverse()
        .slice(0, limit),
  }
}
