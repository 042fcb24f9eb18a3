import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram, startChild } from '../child.ts'
import { type Figure, ratioFigure } from '../figures.ts'
import { ratesInTurns } from '../in-turns.ts'
import { withWorkplace } from '../workplace.ts'

const rounds = 7
const load = { connections: 32, milliseconds: 2000 }

/** Takes the place of the host with the very bytes it sent. Node adds these headers again by itself. */
function recorded(response: Response, body: string) {
  const headers = Object.fromEntries(response.headers)
  for (const own of ['date', 'connection', 'keep-alive', 'transfer-encoding']) delete headers[own]
  return { status: response.status, headers, body }
}

/** CheckFileInfo, with its token check and a look at the lock, against a server that sends the same bytes without a thought. */
export const checkFileInfo = (): Promise<readonly Figure[]> =>
  withWorkplace(async ({ folder, dataFolder }) => {
    await writeFile(join(folder, 'report.txt'), 'x'.repeat(10_000))
    const host = await startChild('host', { folder, dataFolder, names: ['report.txt'], readsLock: true })
    const address = host.ready.addresses?.['report.txt'] ?? ''
    const url = `http://127.0.0.1:${host.ready.port}${address}`
    await fetch(url, { method: 'POST', headers: { 'X-WOPI-Override': 'LOCK', 'X-WOPI-Lock': 'bench' } })
    const response = await fetch(url)
    const bare = await startChild('bare-json', recorded(response, await response.text()))

    const rateOf = async (port: number) =>
      (await runProgram<{ perSecond: number }>('load', { port, path: address, ...load })).perSecond
    const measured = await ratesInTurns(
      rounds,
      () => rateOf(host.ready.port),
      () => rateOf(bare.ready.port),
    )
    await Promise.all([host.kill(), bare.kill()])
    const what = 'CheckFileInfo'
    return [ratioFigure({ what, unit: 'requests/s', ...measured, baseline: 'node:http, same bytes', aim: 0.5 })]
  })
