import { runProgram } from '../child.ts'
import { pin, processesOf } from '../cores.ts'
import { withDatabase } from '../database.ts'
import { type Figure, ratioFigure } from '../figures.ts'
import { ratesInTurns } from '../in-turns.ts'
import { type SqlNode, smallDatabase, startNode } from '../sql-node.ts'
import { withWorkplace } from '../workplace.ts'

const rounds = 7
const load = { connections: 16, milliseconds: 2500 }

/** CheckFileInfo of two nodes on two cores against one node on one: database and callers share the cores with them. */
export const twoNodes = (): Promise<readonly Figure[]> =>
  withWorkplace(({ aside }) =>
    withDatabase(async (server) => {
      const url = await smallDatabase(server)
      const nodes = [await startNode(url, aside, 1), await startNode(url, aside, 1)]
      const rateOf = async (some: readonly SqlNode[]) => {
        const cores = some.map((_, core) => core)
        await pin(await processesOf(server), cores)
        for (const [core, { pid }] of some.entries()) await pin([pid], [core])
        const rates = await Promise.all(some.map((node, core) => rateOn(node, core)))
        return rates.reduce((sum, rate) => sum + rate)
      }
      const measured = await ratesInTurns(
        rounds,
        () => rateOf(nodes),
        () => rateOf(nodes.slice(0, 1)),
      )
      await Promise.all(nodes.map((node) => node.kill()))
      const what = 'CheckFileInfo, two nodes on two cores'
      return [ratioFigure({ what, unit: 'per s', ...measured, baseline: 'one node on one core', aim: 1.6 })]
    }),
  )

async function rateOn({ ready: { port }, targets }: SqlNode, core: number): Promise<number> {
  const [path] = targets
  const { perSecond } = await runProgram<{ perSecond: number }>('load', { port, path, ...load }, core)
  return perSecond
}
