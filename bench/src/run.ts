import type { Figure } from './figures.ts'
import { toMarkdown } from './figures.ts'
import { checkFileInfo } from './measures/check-file-info.ts'
import { largeFolder } from './measures/large-folder.ts'
import { locks } from './measures/locks.ts'
import { memory } from './measures/memory.ts'
import { storm } from './measures/storm.ts'
import { transfers } from './measures/transfers.ts'

/** Every measure by the name it has on the command line. */
const measures: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  'check-file-info': checkFileInfo,
  transfers,
  memory,
  locks,
  'large-folder': largeFolder,
  storm,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in measures))
if (unknown.length > 0) {
  console.error(`There is no measure called ${unknown.join(', ')}. There are: ${Object.keys(measures).join(', ')}.`)
  process.exit(2)
}

const figures: Figure[] = []
for (const [name, measure] of Object.entries(measures)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.error(`measuring ${name} …`)
  figures.push(...(await measure()))
}
console.log(toMarkdown(figures))
