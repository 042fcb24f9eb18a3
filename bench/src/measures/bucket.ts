import { join } from 'node:path'
import { type Child, startChild, type Usage } from '../child.ts'
import { type Figure, limitFigure, ratioFigure } from '../figures.ts'
import { lockedFile } from '../host-child.ts'
import { inTurns } from '../in-turns.ts'
import { withBucket } from '../object-store.ts'
import { upload } from '../transfers.ts'
import { withWorkplace } from '../workplace.ts'

const transfer = { rounds: 5, size: 100e6 }
const large = 2 * 2 ** 30
const mebibyte = 2 ** 20

/** PutFile to an object store, against the upload of its own client library; and what 2 GiB take of memory. */
export const bucket = (): Promise<readonly Figure[]> =>
  withWorkplace(({ aside }) =>
    withBucket(async (bucket) => {
      const bare = await startChild('bare-bucket', { bucket })
      const child = await startChild('bucket-host', { bucket, database: `sqlite:${join(aside, 'data.db')}` })
      const host = await lockedFile(child, 'large.bin')
      const idle = await host.usage()
      const put = await inTurns(
        transfer,
        () => upload(host.put, transfer.size),
        () => upload({ port: bare.ready.port, path: '/' }, transfer.size),
      )
      const taken = await over(host, idle, () => upload(host.put, large))
      await Promise.all([host.kill(), bare.kill()])
      const [what, baseline] = ['PutFile to an object store, 100 MB', 'the upload of its client library']
      const memory = { unit: 'MiB', baseline: `idle: ${Math.round(idle.rss / mebibyte)} MiB`, limit: 64 }
      return [
        ratioFigure({ what, unit: 'MB/s', ...put, baseline, aim: 0.8 }),
        limitFigure({ what: 'Memory of a 2 GiB PutFile to it over idle', value: taken, ...memory }),
      ]
    }),
  )

/** What a transfer takes at most over what the host held when it had done nothing yet, in MiB. */
async function over(host: Child, { rss }: Usage, run: () => Promise<void>): Promise<number> {
  await host.usage('reset')
  await run()
  return Math.max(0, (await host.usage()).peakRss - rss) / mebibyte
}
