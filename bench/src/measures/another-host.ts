import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Figure, ratioFigure } from '../figures.ts'
import { startHost } from '../host-child.ts'
import { ratesInTurns } from '../in-turns.ts'
import { withWorkplace } from '../workplace.ts'

const rounds = 5
const milliseconds = 2000
const lanes = 16

/** A host that runs elsewhere, by what a WOPI client would be given to open a file of it. */
function other(): { readonly wopiSrc: string; readonly token: string } {
  const { OTHER_WOPISRC: wopiSrc, OTHER_TOKEN: token } = process.env
  if (!wopiSrc || !token)
    throw new Error('Say which host: set OTHER_WOPISRC and OTHER_TOKEN, as a client is given them.')
  return { wopiSrc, token }
}

const addressOf = (wopiSrc: string, token: string, path = '') =>
  `${wopiSrc}${path}?access_token=${encodeURIComponent(token)}`

async function fetched(address: string): Promise<ArrayBuffer> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${new URL(address).pathname} was answered ${answer.status}`)
  return answer.arrayBuffer()
}

async function rateOf(address: string): Promise<number> {
  const startedAt = performance.now()
  let count = 0
  const lane = async () => {
    for (; performance.now() - startedAt < milliseconds; count++) await fetched(address)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return (1000 * count) / (performance.now() - startedAt)
}

/** CheckFileInfo and GetFile of this host, against one that the reader runs: a file as large is served by both. */
export const anotherHost = (): Promise<readonly Figure[]> =>
  withWorkplace(async (place) => {
    const { wopiSrc, token } = other()
    const content = Buffer.from(await fetched(addressOf(wopiSrc, token, '/contents')))
    await writeFile(join(place.folder, 'same.bin'), content)
    const { contents, kill, ready } = await startHost(place, 'same.bin')
    const ours = `http://127.0.0.1:${ready.port}${contents}`
    const turns = { CheckFileInfo: '', [`GetFile of ${content.byteLength} bytes`]: '/contents' }
    const figures: Figure[] = []
    for (const [what, path] of Object.entries(turns)) {
      const measured = await ratesInTurns(
        rounds,
        () => rateOf(path === '' ? ours.replace('/contents', '') : ours),
        () => rateOf(addressOf(wopiSrc, token, path)),
      )
      figures.push(ratioFigure({ what, unit: 'per s', ...measured, baseline: new URL(wopiSrc).host }))
    }
    await kill()
    return figures
  })
