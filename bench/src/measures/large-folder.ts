import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from '../child.ts'
import { type Figure, limitFigure, median } from '../figures.ts'
import { type Workplace, withWorkplace } from '../workplace.ts'

const pageSize = 200
const largest = { name: 'largest', files: 10_000 }
const others = { folders: 90, files: 1000 }

interface Browsed {
  /** Milliseconds from the start of the process until the root could be shown. */
  readonly started: number
  /** Milliseconds that each page took. */
  readonly pages: readonly number[]
  readonly files: number
  /** Milliseconds from the start of the process until everything could be found. */
  readonly indexed: number
  readonly peakRss: number
}

async function fill(folder: string, name: string, files: number): Promise<void> {
  const path = join(folder, name)
  await mkdir(path)
  await writeFile(join(path, 'marker.txt'), '')
  // One of them is the marker.
  for (let start = 1; start < files; start += 500) {
    const some = Array.from({ length: Math.min(500, files - start) }, (_, index) => start + index)
    await Promise.all(some.map((each) => writeFile(join(path, `file ${each}.txt`), `text ${each}`)))
  }
}

async function fillAll({ folder }: Workplace): Promise<void> {
  await fill(folder, largest.name, largest.files)
  for (let each = 0; each < others.folders; each++) await fill(folder, `folder ${each}`, others.files)
}

/** A folder of 100,000 files, once it has been indexed. */
export const largeFolder = (): Promise<readonly Figure[]> =>
  withWorkplace(async (place) => {
    await fillAll(place)
    const options = { ...place, largest: largest.name, pageSize, marked: others.folders + 1 }
    const browse = () => runProgram<Browsed>('browse', options)
    const first = await browse()
    const again = await browse()
    if (again.files !== largest.files) throw new Error(`the pages hold ${again.files} files of ${largest.files}`)
    const [firstPage = Number.NaN, ...further] = again.pages
    const peakRss = Math.max(first.peakRss, again.peakRss) / 2 ** 20
    const baseline = `after a first indexing of ${(first.indexed / 1000).toFixed(1)} s`
    const of = `pages of ${pageSize} of ${largest.files.toLocaleString('en')} files`
    return [
      limitFigure({ what: 'Start, 100,000 files', value: again.started / 1000, unit: 's', baseline, limit: 2 }),
      limitFigure({ what: 'First page', value: firstPage, unit: 'ms', baseline: of, limit: 200 }),
      limitFigure({ what: 'Further pages, median', value: median(further), unit: 'ms', baseline: of, limit: 100 }),
      limitFigure({
        what: 'Memory, 100,000 files',
        value: peakRss,
        unit: 'MiB',
        baseline: 'first indexing included',
        limit: 300,
      }),
    ]
  })
