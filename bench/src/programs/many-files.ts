import { folderBlobs } from '@openwopi/storage-sql'
import { editThrough, openSqlHost } from '../editing.ts'
import { fileId, folderId, folderOf } from '../generated-files.ts'
import { numbersFrom } from '../numbers-from.ts'

// What editors and people do with files picked at random, in databases of different sizes, in turns.
const { databases, rounds, calls } = JSON.parse(process.argv[2] ?? '{}')

async function open({ url, blobs, amount }: (typeof databases)[number]) {
  const opened = await openSqlHost({ database: url, blobs: folderBlobs({ folder: blobs }) })
  const editing = editThrough(opened)
  const random = numbersFrom(42)
  // The last files are locked by others.
  const free = amount.files - amount.locks
  const file = () => fileId(1 + Math.floor(random() * free))
  const folder = () => folderId(folderOf(Math.floor(random() * amount.files), amount))
  const work: Readonly<Record<string, () => Promise<unknown>>> = {
    checkFileInfo: () => editing.checkFileInfo(file()),
    lockAndUnlock: () => editing.lockAndUnlock(file()),
    async putFile() {
      const id = file()
      await editing.lock(id)
      const startedAt = performance.now()
      await editing.putFile(id)
      return performance.now() - startedAt
    },
    page: () => opened.sql.containers.children(folder(), { limit: 100 }),
  }
  return { work, close: () => editing.close() }
}

type Work = Awaited<ReturnType<typeof open>>['work']

/** Milliseconds of one call in the middle of many. Work that has to prepare something says itself how long it took. */
async function timeOf(work: Work, name: string): Promise<number> {
  const times: number[] = []
  for (let count = 0; count < calls; count++) {
    const startedAt = performance.now()
    const said = await work[name]?.()
    times.push(typeof said === 'number' ? said : performance.now() - startedAt)
  }
  times.sort((a, b) => a - b)
  return times[times.length >> 1] ?? Number.NaN
}

const opened = await Promise.all(databases.map(open))
const measured: Record<string, number[][]> = {}
for (const name of Object.keys(opened[0]?.work ?? {})) {
  const each = opened.map(() => [] as number[])
  for (const { work } of opened) await timeOf(work, name)
  for (let round = 0; round < rounds; round++)
    for (const [index, { work }] of opened.entries()) each[index]?.push(await timeOf(work, name))
  measured[name] = each
}
for (const { close } of opened) await close()
process.send?.(measured)
