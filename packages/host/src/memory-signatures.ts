import type { ContentKey, KnownContent, Signatures } from './signatures.ts'

interface SignaturesOptions {
  /** How many chunks are remembered in all. */
  readonly mostChunks?: number
}

const keyOf = ({ fileId, version }: ContentKey) => JSON.stringify([fileId, version])
const chunksIn = ({ signature, sent }: KnownContent) => (signature?.chunks.length ?? 0) + (sent?.length ?? 0) + 1

/** Signatures that live as long as the process, and no longer than there is room: what was asked for last stays. */
export function memorySignatures({ mostChunks = 200_000 }: SignaturesOptions = {}): Signatures {
  const all = new Map<string, KnownContent>()
  let chunks = 0

  function forget(key: string): void {
    const known = all.get(key)
    if (known && all.delete(key)) chunks -= chunksIn(known)
  }

  return {
    async find(content) {
      const key = keyOf(content)
      const known = all.get(key)
      // What has been asked for goes to the end of the row.
      if (known && all.delete(key)) all.set(key, known)
      return known
    },
    async keep(content, known) {
      const key = keyOf(content)
      forget(key)
      all.set(key, known)
      chunks += chunksIn(known)
      for (const oldest of all.keys()) {
        if (chunks <= mostChunks) break
        forget(oldest)
      }
    },
  }
}
