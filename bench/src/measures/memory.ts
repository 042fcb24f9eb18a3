import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Figure, limitFigure } from '../figures.ts'
import { startHost } from '../host-child.ts'
import { download, upload } from '../transfers.ts'
import { withWorkplace } from '../workplace.ts'

const size = 2 * 2 ** 30
const mebibyte = 2 ** 20

/** What a 2 GiB PutFile and GetFile take of memory, over what the host holds when it has nothing to do. */
export const memory = (): Promise<readonly Figure[]> =>
  withWorkplace(async (place) => {
    await writeFile(join(place.folder, 'large.bin'), 'not large yet')
    const host = await startHost(place, 'large.bin')
    const { rss } = await host.usage()

    async function over(transfer: () => Promise<void>): Promise<number> {
      await host.usage('reset')
      await transfer()
      return Math.max(0, (await host.usage()).peakRss - rss) / mebibyte
    }
    const put = await over(() => upload(host.put, size))
    const get = await over(() => download(host.ready.port, host.contents, size))
    await host.kill()
    const baseline = `idle: ${Math.round(rss / mebibyte)} MiB`
    return [
      limitFigure({ what: 'Memory of a 2 GiB PutFile over idle', value: put, unit: 'MiB', baseline, limit: 64 }),
      limitFigure({ what: 'Memory of a 2 GiB GetFile over idle', value: get, unit: 'MiB', baseline, limit: 64 }),
    ]
  })
