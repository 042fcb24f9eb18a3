/** The place of one save among those of its file. */
export interface Turn {
  /** Whether a save that began after this one is the content already. Otherwise this one is from now on. */
  isOvertaken(): boolean
  end(): void
}

interface Saves {
  underWay: number
  latest: number
}

/**
 * Keeps the order in which saves of a file began: an editor's last words may arrive while an earlier save of the same
 * editor is still on its way, and must not be replaced by it.
 */
export function saveOrder(): { begin(fileId: string): Turn } {
  const files = new Map<string, Saves>()
  let count = 0
  return {
    begin(fileId) {
      const number = ++count
      const saves = files.get(fileId) ?? { underWay: 0, latest: 0 }
      saves.underWay++
      files.set(fileId, saves)
      return {
        isOvertaken() {
          if (saves.latest > number) return true
          saves.latest = number
          return false
        },
        end() {
          if (--saves.underWay === 0) files.delete(fileId)
        },
      }
    },
  }
}
