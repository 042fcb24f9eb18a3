import { runProgram } from '../child.ts'
import { withDatabase } from '../database.ts'
import { type Figure, ratioFigure } from '../figures.ts'
import { generateFiles } from '../generated-files.ts'
import type { Rates } from '../in-turns.ts'

const load = { rounds: 7, milliseconds: 1500, lanes: 16, filesPerLane: 60 }
const baseline = 'the same SQL from a bare script'

/** What editors do all the time over PostgreSQL, against a script that sends the same statements with the same driver. */
export const database = (): Promise<readonly Figure[]> =>
  withDatabase(async (server) => {
    const databases = [await server.fresh(), await server.fresh()]
    for (const url of databases) await generateFiles(url, { files: 10_000, locks: 0 })
    const measured = await runProgram<Record<string, Rates>>('editing-rates', { databases, ...load })
    const names = {
      checkFileInfo: 'CheckFileInfo over PostgreSQL',
      lockAndUnlock: 'Lock + Unlock over PostgreSQL',
      refreshLock: 'RefreshLock over PostgreSQL',
      putFile: 'PutFile over PostgreSQL, content aside',
    }
    return Object.entries(names).map(([name, what]) =>
      ratioFigure({ what, unit: 'per s', ...(measured[name] ?? { rates: [], baselineRates: [] }), baseline, aim: 0.7 }),
    )
  })
