import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from '../child.ts'
import { type Figure, ratioFigure } from '../figures.ts'
import type { Rates } from '../in-turns.ts'
import { withWorkplace } from '../workplace.ts'

/** Lock and Unlock, both durable when they are answered, against the two transactions alone. */
export const locks = (): Promise<readonly Figure[]> =>
  withWorkplace(async (place) => {
    await writeFile(join(place.folder, 'report.txt'), 'text')
    const rates = await runProgram<Rates>('locks', { ...place, name: 'report.txt', rounds: 9, pairs: 400 })
    const baseline = 'the same two transactions'
    return [ratioFigure({ what: 'Lock + Unlock, durable', unit: 'pairs/s', ...rates, baseline, aim: 0.5 })]
  })
