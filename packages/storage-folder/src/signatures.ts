import type { ContentKey, KnownContent, Signatures } from '@openwopi/host'
import type { ServedFolder } from './served-folder.ts'

/** How many contents are remembered. */
const mostContents = 10_000

/** Of contents with more chunks nothing is remembered. */
const mostChunks = 50_000

const chunksIn = ({ signature, sent }: KnownContent) => (signature?.chunks.length ?? 0) + (sent?.length ?? 0)

/** Signatures in the index. Those that were kept last stay. */
export function openSignatures({ database, changeLightly }: ServedFolder): Signatures {
  const one = database.prepare<{ known: string }>('SELECT known FROM signatures WHERE file = ? AND version = ?')
  const deletion = database.prepare('DELETE FROM signatures WHERE file = ? AND version = ?')
  const insertion = database.prepare('INSERT INTO signatures (file, version, known) VALUES (?, ?, ?)')
  const pruning = database.prepare('DELETE FROM signatures WHERE number <= (SELECT max(number) FROM signatures) - ?')
  return {
    async find({ fileId, version }: ContentKey) {
      const row = one.get(fileId, version)
      return row && JSON.parse(row.known)
    },
    async keep({ fileId, version }, known) {
      if (chunksIn(known) > mostChunks) return
      changeLightly(() => {
        deletion.run(fileId, version)
        insertion.run(fileId, version, JSON.stringify(known))
        pruning.run(mostContents)
      })
    },
  }
}
