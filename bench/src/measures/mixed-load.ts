import { withDatabase } from '../database.ts'
import { type Figure, limitFigure } from '../figures.ts'
import { type Latencies, openLoop, percentile, type Sent } from '../open-loop.ts'
import { plotLines } from '../plots.ts'
import { contentsOf, lockAll, type SqlNode, saveAll, sends, smallDatabase, startNode } from '../sql-node.ts'
import { withWorkplace } from '../workplace.ts'

const seconds = 20
const sessions = 500
/** Requests a second in all; the last one is about what a node and its database on two cores can do at most. */
const rates = [100, 200, 400, 800, 1600]
/** The one that a node is to be run at. */
const usual = 400

/** Bytes of a save. */
const saved = 100_000
/** What of all requests is of which kind, where many edit at once. */
const mix = { checkFileInfo: 0.3, getFile: 0.1, refreshLock: 0.4, putFile: 0.2 }
const shares = [0.5, 0.9, 0.99, 0.999]

/** How long requests of every kind take at fixed rates, whoever waits for whom. */
export const mixedLoad = (): Promise<readonly Figure[]> =>
  withWorkplace(({ aside }) =>
    withDatabase(async (server) => {
      const node = await startNode(await smallDatabase(server), aside, sessions)
      await lockAll(node, node.targets)
      await saveAll(node, node.targets, saved)
      await openLoop(callsOf(node, usual), 5)
      const measured = new Map<number, Latencies>()
      for (const rate of rates) {
        const latencies = await openLoop(callsOf(node, rate), seconds)
        // More than it can take is refused, in time for callers to come again.
        if (latencies.failed > 0 && rate > usual) break
        if (latencies.failed > 0) throw new Error(`${latencies.failed} requests failed at ${rate} a second`)
        measured.set(rate, latencies)
      }
      await node.kill()
      await plot(measured)
      return [...measured].map(([rate, { times }]) => figureOf(rate, times))
    }),
  )

function callsOf({ ready: { port }, targets }: SqlNode, rate: number): Sent[] {
  const contents = targets.map(contentsOf)
  return [
    { ...sends.checkFileInfo, port, targets, perSecond: rate * mix.checkFileInfo },
    { ...sends.getFile, port, targets: contents, perSecond: rate * mix.getFile },
    { ...sends.refreshLock, port, targets, perSecond: rate * mix.refreshLock },
    { ...sends.putFile, port, targets: contents, perSecond: rate * mix.putFile, bytes: saved },
  ]
}

const shown = (milliseconds: number): string => `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`

function figureOf(rate: number, times: Latencies['times']): Figure {
  const parts = Object.entries(times).map(
    ([name, each]) => `${name} ${shown(percentile(each, 0.5))} / ${shown(percentile(each, 0.99))}`,
  )
  return limitFigure({
    what: `Open loop, ${rate.toLocaleString('en')} requests/s: p99 of all`,
    value: percentile(Object.values(times).flat(), 0.99),
    unit: 'ms',
    baseline: `p50 / p99: ${parts.join(', ')}`,
    ...(rate === usual && { limit: 100 }),
  })
}

const plot = (measured: ReadonlyMap<number, Latencies>): Promise<void> =>
  plotLines('mixed-load', {
    title: 'Time to answer, one node over PostgreSQL, two cores in all',
    across: 'requests a second',
    up: 'milliseconds',
    at: [...measured.keys()],
    lines: shares.map((share) => ({
      name: `p${String(share * 100)}`,
      values: [...measured.values()].map(({ times }) => percentile(Object.values(times).flat(), share)),
    })),
  })
