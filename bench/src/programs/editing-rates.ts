import { memoryBlobs } from '@openwopi/storage-sql'
import { editBare } from '../bare-editing.ts'
import { type Editing, editThrough, openSqlHost } from '../editing.ts'
import { fileId } from '../generated-files.ts'
import { ratesInTurns } from '../in-turns.ts'

// What editors do all the time, through the host and as bare statements on a database of their own, in turns.
const { databases, rounds, milliseconds, lanes, filesPerLane } = JSON.parse(process.argv[2] ?? '{}')

type Call = 'checkFileInfo' | 'lockAndUnlock' | 'refreshLock' | 'putFile'

/** Calls per second of lanes that each go through files of their own, over and over. */
async function rateOf(editing: Editing, call: Call): Promise<number> {
  const startedAt = performance.now()
  const endsAt = startedAt + milliseconds
  let count = 0
  const lane = async (lane: number) => {
    for (let turn = 0; performance.now() < endsAt; turn++) {
      await editing[call](fileId(1 + lane * filesPerLane + (turn % filesPerLane)))
      count++
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, each) => lane(each)))
  return (1000 * count) / (performance.now() - startedAt)
}

const measured = (call: Call) =>
  ratesInTurns(
    rounds,
    () => rateOf(ours, call),
    () => rateOf(bare, call),
  )

async function lockAll(editing: Editing): Promise<void> {
  for (let file = 1; file <= lanes * filesPerLane; file++) await editing.lock(fileId(file))
}

const ours = editThrough(await openSqlHost({ database: databases[0], blobs: memoryBlobs() }))
const bare = editBare(databases[1])
const checkFileInfo = await measured('checkFileInfo')
const lockAndUnlock = await measured('lockAndUnlock')
await lockAll(ours)
await lockAll(bare)
const refreshLock = await measured('refreshLock')
const putFile = await measured('putFile')
await ours.close()
await bare.close()
process.send?.({ checkFileInfo, lockAndUnlock, refreshLock, putFile })
