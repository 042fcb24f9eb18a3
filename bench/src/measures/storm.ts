import type { Figure } from '../figures.ts'
import { storm as storms } from '../storm.ts'
import { withWorkplace } from '../workplace.ts'

const rounds = Number(process.env['STORM_ROUNDS'] ?? 200)

/** A host killed with no warning, over and over, under a storm of PutFile. */
export const storm = (): Promise<readonly Figure[]> =>
  withWorkplace(async (place) => {
    const { saved, wrong } = await storms(place, rounds, Math.random)
    for (const fault of wrong) console.error(fault)
    return [
      {
        what: `Killed ${rounds} times under a storm of PutFile`,
        measured: `${saved.toLocaleString('en')} saves answered 200`,
        baseline: 'what clients sent',
        result: `${wrong.length} torn or lost`,
        aim: '0',
        isMet: wrong.length === 0,
      },
    ]
  })
