import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Figure, ratioFigure } from '../figures.ts'
import { withForked } from '../forked-server.ts'
import { startHost } from '../host-child.ts'
import { inTurns } from '../in-turns.ts'
import { download } from '../transfers.ts'
import { withWorkplace } from '../workplace.ts'

const transfer = { rounds: 9, size: 100e6 }

/** GetFile beside nginx, which is told by nobody who may have the file. */
export const besideNginx = (): Promise<readonly Figure[]> =>
  withWorkplace(async (place) => {
    const name = 'large.bin'
    await writeFile(join(place.folder, name), '')
    await truncate(join(place.folder, name), transfer.size)
    return withForked('nginx.js', [place.folder], async ({ port }: { readonly port: number }) => {
      const host = await startHost(place, name)
      const get = await inTurns(
        transfer,
        () => download(host.ready.port, host.contents, transfer.size),
        () => download(port, `/${name}`, transfer.size),
      )
      await host.kill()
      return [ratioFigure({ what: 'GetFile, 100 MB', unit: 'MB/s', ...get, baseline: 'nginx, the same file' })]
    })
  })
