import type { Figure } from './figures.ts'
import { anotherHost } from './measures/another-host.ts'
import { besideNginx } from './measures/beside-nginx.ts'
import { bucket } from './measures/bucket.ts'
import { cells } from './measures/cells.ts'
import { checkFileInfo } from './measures/check-file-info.ts'
import { chunked } from './measures/chunked.ts'
import { database } from './measures/database.ts'
import { firstPage } from './measures/first-page.ts'
import { largeFolder } from './measures/large-folder.ts'
import { locks } from './measures/locks.ts'
import { manyFiles } from './measures/many-files.ts'
import { memory } from './measures/memory.ts'
import { mixedLoad } from './measures/mixed-load.ts'
import { spookyHash } from './measures/spooky-hash.ts'
import { steadyRefresh } from './measures/steady-refresh.ts'
import { storm } from './measures/storm.ts'
import { transfers } from './measures/transfers.ts'
import { twoNodes } from './measures/two-nodes.ts'

/** Measures whose figures stand in one table. */
export interface Group {
  /** The page with the table, between marks that name the group. `undefined`: it is only printed. */
  readonly page?: string
  /** Every measure by the name it has on the command line. */
  readonly measures: Readonly<Record<string, () => Promise<readonly Figure[]>>>
  /** Takes long, or much room: only where it is asked for by name. */
  readonly isOnRequest?: true
}

/** Every group by the name of its table. */
export const groups: Readonly<Record<string, Group>> = {
  figures: {
    page: 'README.md',
    measures: {
      'check-file-info': checkFileInfo,
      transfers,
      memory,
      chunked,
      'spooky-hash': spookyHash,
      cells,
      locks,
      'large-folder': largeFolder,
      'first-page': firstPage,
      storm,
    },
  },
  'several-servers': {
    page: 'docs/performance.md',
    measures: {
      database,
      'two-nodes': twoNodes,
      'beside-nginx': besideNginx,
      bucket,
      'steady-refresh': steadyRefresh,
      'mixed-load': mixedLoad,
    },
  },
  'many-files': { page: 'docs/performance.md', measures: { 'many-files': manyFiles }, isOnRequest: true },
  'another-host': { measures: { 'another-host': anotherHost }, isOnRequest: true },
}
