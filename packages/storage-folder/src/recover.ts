import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Publishing } from './publishing.ts'
import type { ServedFolder } from './served-folder.ts'
import { clearStreams } from './streams.ts'
import type { TrashCan } from './trash.ts'
import { clearUploads } from './uploads.ts'

/** Finishes or takes back what the last run was in the middle of, and deletes what it has left. */
export function recover(served: ServedFolder, publishing: Publishing, trashCan: TrashCan): void {
  const { data, leftovers, observe } = served
  publishing.finish()
  trashCan.finish()
  clearStreams(served)
  clearUploads(served)
  for (const path of leftovers.clear()) observe({ what: 'cleaned up', path })
  for (const name of readdirSync(data.incoming)) {
    const path = join(data.incoming, name)
    rmSync(path, { recursive: true, force: true })
    observe({ what: 'cleaned up', path })
  }
}
