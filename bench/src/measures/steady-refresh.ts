import { withDatabase } from '../database.ts'
import { type Figure, limitFigure } from '../figures.ts'
import { openLoop, percentile } from '../open-loop.ts'
import { contentsOf, lockAll, type SqlNode, sends, smallDatabase, startNode } from '../sql-node.ts'
import { upload } from '../transfers.ts'
import { withWorkplace } from '../workplace.ts'

const sessions = 1000
const saves = 20
const size = 50e6
/** Sessions refresh their locks far less often than this; the more there are, the better is seen how long one takes. */
const load = { perSecond: 100, seconds: 30 }

/** RefreshLock of open sessions, while large documents are being saved all the time. */
export const steadyRefresh = (): Promise<readonly Figure[]> =>
  withWorkplace(({ aside }) =>
    withDatabase(async (server) => {
      const node = await startNode(await smallDatabase(server), aside, sessions + saves)
      await lockAll(node, node.targets)
      const open = node.targets.slice(0, sessions)
      const stop = saveOverAndOver(node, node.targets.slice(sessions))
      const calls = [{ ...sends.refreshLock, port: node.ready.port, targets: open, perSecond: load.perSecond }]
      const { times, failed } = await openLoop(calls, load.seconds).catch((error) =>
        stop().then(() => Promise.reject(error)),
      )
      const saved = await stop()
      await node.kill()
      if (failed > 0) throw new Error(`${failed} calls of RefreshLock failed`)
      const all = times[sends.refreshLock.name] ?? []
      const [middle, p99] = [percentile(all, 0.5), percentile(all, 0.99)]
      return [
        limitFigure({
          what: `RefreshLock, p99 over median: ${sessions.toLocaleString('en')} sessions, ${saves} saves of 50 MB at once`,
          value: p99 / middle,
          unit: 'times',
          baseline: `median ${middle.toFixed(1)} ms, p99 ${p99.toFixed(0)} ms; ${saved} saves went through`,
          limit: 10,
        }),
      ]
    }),
  )

/** Saves each of the files again as soon as it is saved, until told to stop; then says how many saves there were. */
function saveOverAndOver(node: SqlNode, targets: readonly string[]): () => Promise<number> {
  let isOver = false
  let saved = 0
  const lanes = targets.map(async (target) => {
    while (!isOver) {
      await upload({ port: node.ready.port, path: contentsOf(target), headers: sends.putFile.headers }, size)
      saved++
    }
  })
  return async () => {
    isOver = true
    await Promise.all(lanes)
    return saved
  }
}
