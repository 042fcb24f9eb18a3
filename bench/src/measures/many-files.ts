import { join } from 'node:path'
import { runProgram } from '../child.ts'
import { query, withDatabase } from '../database.ts'
import { type Figure, limitFigure, median, timeFigure } from '../figures.ts'
import { type Amount, folderId, generateFiles } from '../generated-files.ts'
import { serveDatabase } from '../served-database.ts'
import { withWorkplace } from '../workplace.ts'

/** `MANY_FILES` sets how many, for a machine with less room: ten million take 20 GB. */
const large: Amount = amountOf(Number(process.env['MANY_FILES'] ?? 10_000_000))
const small: Amount = amountOf(10_000)
const sessions = { large: 100_000, small: 100 }

function amountOf(files: number): Amount {
  return { files, locks: files / 10 }
}

/** As much memory as a machine that holds so many files would give its database, within what this one has. */
const settings = { shared_buffers: '4GB', max_wal_size: '8GB', maintenance_work_mem: '1GB', random_page_cost: 1.1 }

const names = {
  checkFileInfo: 'CheckFileInfo',
  lockAndUnlock: 'Lock + Unlock',
  putFile: 'PutFile',
  page: '100 files of a folder',
}

/** What editors and people do in a database of ten million files, against one of ten thousand. */
export const manyFiles = (): Promise<readonly Figure[]> =>
  withWorkplace(({ aside }) =>
    withDatabase(async (server) => {
      const databases = []
      for (const [name, amount] of Object.entries({ large, small })) {
        const url = await server.fresh()
        await generateFiles(url, amount, (done) => console.error(`  ${done.toLocaleString('en')} files`))
        databases.push({ url, amount, blobs: join(aside, name) })
      }
      const held = await bytesOf(databases[0]?.url ?? '')
      const measured = await runProgram<Record<string, number[][]>>('many-files', { databases, rounds: 5, calls: 100 })
      const baseline = `with ${small.files.toLocaleString('en')}`
      const suffix = `with ${large.files.toLocaleString('en')} files, ${large.locks.toLocaleString('en')} locks`
      const figures = Object.entries(names).map(([name, what]) => {
        const [times = [], baselineTimes = []] = measured[name] ?? []
        return timeFigure({ what: `${what} ${suffix}`, times, baseline, baselineTimes, aim: 2 })
      })
      const [times, baselineTimes] = await timesOfPages(
        databases.map(({ url }) => url),
        aside,
      )
      const what = `Folder page of the server, ${sessions.large.toLocaleString('en')} sessions`
      return [
        ...figures,
        timeFigure({ what, times, baseline: `${baseline}, ${sessions.small} sessions`, baselineTimes, aim: 2 }),
        limitFigure({
          what: 'The database for each file, indexes included',
          value: held / large.files,
          unit: 'bytes',
          baseline: `${(held / 1e9).toFixed(1)} GB in all`,
        }),
      ]
    }, settings),
  )

async function bytesOf(url: string): Promise<number> {
  const [row] = await query<{ bytes: string }>(url, 'select pg_database_size(current_database()) as bytes')
  return Number(row?.bytes)
}

/** Milliseconds of a folder's page as the server's page asks for it, in turns. */
async function timesOfPages(urls: readonly string[], aside: string): Promise<[number[], number[]]> {
  const [large, small] = await Promise.all(
    urls.map((url, index) =>
      serveDatabase(url, {
        place: join(aside, `served-${index}`),
        others: index === 0 ? sessions.large : sessions.small,
      }),
    ),
  )
  if (!large || !small) throw new Error('there are no two databases')
  const rounds: [number[], number[]] = [[], []]
  for (let round = 0; round < 8; round++)
    for (const [index, served] of [large, small].entries()) {
      const times: number[] = []
      for (let count = 0; count < 20; count++) times.push(await served.timeOfPage(folderId(count)))
      // The first round fills caches on both sides.
      if (round > 0) rounds[index]?.push(median(times))
    }
  await Promise.all([large.stop(), small.stop()])
  return rounds
}
