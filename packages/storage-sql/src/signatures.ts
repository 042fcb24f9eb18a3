import type { ContentKey, KnownContent, Signatures } from '@openwopi/host'
import { isKey } from './names.ts'
import type { Store } from './store.ts'

/** Of contents with more chunks nothing is remembered. */
const mostChunks = 50_000

const chunksIn = ({ signature, sent }: KnownContent) => (signature?.chunks.length ?? 0) + (sent?.length ?? 0)

/** Signatures in a database. Those of contents that nobody has asked about for long are swept. */
export function openSignatures({ db, now }: Store): Signatures {
  return {
    async find({ fileId, version }: ContentKey) {
      if (!isKey(fileId) || !isKey(version)) return undefined
      const row = await db
        .selectFrom('signatures')
        .select('known')
        .where('file_id', '=', fileId)
        .where('version', '=', version)
        .executeTakeFirst()
      return row && JSON.parse(row.known)
    },
    async keep({ fileId, version }, content) {
      if (chunksIn(content) > mostChunks || !isKey(fileId) || !isKey(version)) return
      const row = { known: JSON.stringify(content), kept_at: now() }
      await db
        .insertInto('signatures')
        .values({ file_id: fileId, version, ...row })
        .onConflict((conflict) => conflict.columns(['file_id', 'version']).doUpdateSet(row))
        .execute()
    },
  }
}
