import type { Content } from '@openwopi/host'
import { refusalOf } from '../http/refusal-of.ts'
import { causeOf } from '../log-event.ts'
import type { Person } from '../sign-in/person.ts'
import type { Site } from '../site.ts'

/** An upload that has arrived whole. */
export interface ArrivedUpload {
  readonly id: string
  /** What it is to be called, and where it is to lie. */
  readonly name: string
  readonly folderId: string
  readonly content: () => Content
}

/** Puts aside uploads that the storage fails. Whoever sent one may have it tried again all the same. */
export interface SpooledUploads {
  /** Resolves once it is safe, or known not to be kept. */
  failed(upload: ArrivedUpload, person: Person, error: unknown): Promise<void>
  /** It has become a file after all. */
  stored(uploadId: string): Promise<void>
}

/** Of the uploads that were put aside, so many of the latest are remembered. */
const mostRemembered = 1000

/** Does nothing without a spool. */
export function spooledUploads({ spool, log, now }: Pick<Site, 'spool' | 'log' | 'now'>): SpooledUploads {
  const kept = new Map<string, string>()
  const remember = (uploadId: string, saveId: string) => {
    kept.set(uploadId, saveId)
    const [oldest] = kept.keys()
    if (kept.size > mostRemembered && oldest !== undefined) kept.delete(oldest)
  }
  return {
    async failed({ id, name, folderId, content }, { id: userId, name: userName }, error) {
      if (!spool || kept.has(id) || refusalOf(error).status < 500) return
      const why = error instanceof Error ? error.message : String(error)
      const about = { at: now(), kind: 'upload', name, folderId, user: { id: userId, name: userName }, why } as const
      try {
        const save = await spool.keep(about, content())
        remember(id, save.id)
        log({ level: 'warn', event: 'upload put aside', save: save.id, user: userId, size: save.size })
      } catch (cause) {
        log({ level: 'error', event: 'upload not put aside', user: userId, ...causeOf(cause) })
      }
    },
    async stored(uploadId) {
      const id = kept.get(uploadId)
      kept.delete(uploadId)
      if (id !== undefined) await spool?.remove(id)
    },
  }
}
