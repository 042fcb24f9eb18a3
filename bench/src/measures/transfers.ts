import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startChild } from '../child.ts'
import { type Figure, ratioFigure } from '../figures.ts'
import { startHost } from '../host-child.ts'
import { inTurns } from '../in-turns.ts'
import { download, upload } from '../transfers.ts'
import { withWorkplace } from '../workplace.ts'

const transfer = { rounds: 9, size: 100e6 }
const { size } = transfer

/** GetFile and PutFile of 100 MB, each against the shortest code that moves as many bytes. */
export const transfers = (): Promise<readonly Figure[]> =>
  withWorkplace(async (place) => {
    const path = join(place.aside, 'large.bin')
    await writeFile(path, '')
    await truncate(path, size)
    await writeFile(join(place.folder, 'large.bin'), 'not large yet')
    const bare = await startChild('bare-files', { path, size })
    const host = await startHost(place, 'large.bin')
    const put = await inTurns(
      transfer,
      () => upload(host.put, size),
      () => upload({ port: bare.ready.port, path: '/' }, size),
    )
    const get = await inTurns(
      transfer,
      () => download(host.ready.port, host.contents, size),
      () => download(bare.ready.port, '/', size),
    )
    await Promise.all([host.kill(), bare.kill()])
    const unit = 'MB/s'
    return [
      ratioFigure({ what: 'GetFile, 100 MB', unit, ...get, baseline: '`createReadStream().pipe(res)`', aim: 0.9 }),
      ratioFigure({ what: 'PutFile, 100 MB', unit, ...put, baseline: 'write, SHA-256, fsync', aim: 0.8 }),
    ]
  })
