import type { SqlStorage } from '@openwopi/storage-sql'
import { sizeText } from './text.ts'

/** Names each content that nothing refers to and whose time of grace is over, and counts the others. Removes nothing. */
export async function tellUnreferenced(files: SqlStorage, grace: number): Promise<void> {
  let [due, bytes, waiting] = [0, 0, 0]
  for await (const { blob, size, since, isDue } of files.unreferenced({ grace })) {
    if (!isDue) {
      waiting++
      continue
    }
    due++
    bytes += size
    const noticed = since === undefined ? '' : ` since ${new Date(since).toISOString()}`
    process.stdout.write(`Nothing refers to content ${blob}, ${sizeText(size)},${noticed}. --repair removes it.\n`)
  }
  if (due > 0) say(`${counted(due)} (${sizeText(bytes)}) can be removed: --repair does it.`)
  if (waiting > 0) say(`${counted(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for the time of grace.`)
}

/** Removes the contents that nothing refers to and whose time of grace is over. */
export async function sweptAway(files: SqlStorage, grace: number): Promise<void> {
  const { removed, waiting } = await files.sweep({ grace })
  say(`${removed} contents that nothing refers to were removed; ${waiting} wait for their time of grace.`)
}

const counted = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'content' : 'contents'} that nothing refers to`

const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`)
