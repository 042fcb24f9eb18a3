import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where fetched documents and the results of a run lie: nothing of it is in the repository. */
export const cache = join(fileURLToPath(new URL('../../..', import.meta.url)), 'node_modules/.cache/openwopi-corpus')
