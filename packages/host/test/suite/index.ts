import type { HostOptions } from '../../src/index.ts'
import { addActivitiesSuite } from './add-activities.ts'
import { carriedSuite } from './carried.ts'
import { checkFileInfoSuite } from './check-file-info.ts'
import { chunkedSaveStatesSuite } from './chunked-save-states.ts'
import { clientsSuite } from './clients.ts'
import { coauthSuite } from './coauth.ts'
import { conflictSuite } from './conflict.ts'
import { containersSuite } from './containers.ts'
import { deleteFileSuite } from './delete-file.ts'
import { executeCellStorageRelativeRequestSuite } from './execute-cell-storage-relative-request.ts'
import { executeCellStorageRequestSuite } from './execute-cell-storage-request.ts'
import { getChunkedFileSuite } from './get-chunked-file.ts'
import { getChunksSuite } from './get-chunks.ts'
import { getFileSuite } from './get-file.ts'
import { locksSuite } from './locks.ts'
import { pipelineSuite } from './pipeline.ts'
import { putChunkedFileSuite } from './put-chunked-file.ts'
import { putFileSuite } from './put-file.ts'
import { putRelativeFileSuite } from './put-relative-file.ts'
import { putUserInfoSuite } from './put-user-info.ts'
import { readSecureStoreSuite } from './read-secure-store.ts'
import { refusedChunksSuite } from './refused-chunks.ts'
import { renameFileSuite } from './rename-file.ts'
import { reservedSuite } from './reserved.ts'
import { sharingSuite } from './sharing.ts'
import { uploadSessionsSuite } from './upload-sessions.ts'
import { withoutSuite } from './without.ts'
import { type Listen, openWorld, type World } from './world.ts'

export type { Listen } from './world.ts'

export type Test = (name: string, run: () => Promise<void>) => void
/** Registers a test that is given a world of its own, which is closed when the test ends. */
export type On = (name: string, run: (world: World) => Promise<void>, options?: Partial<HostOptions>) => void

/** Everything a host must do, however it is mounted. */
export function hostSuite(test: Test, listen: Listen): void {
  const on: On = (name, run, options) =>
    test(name, async () => {
      const world = await openWorld(listen, options)
      try {
        await run(world)
      } finally {
        await world.close()
      }
    })
  for (const suite of [
    pipelineSuite,
    checkFileInfoSuite,
    getFileSuite,
    locksSuite,
    putFileSuite,
    conflictSuite,
    clientsSuite,
    putRelativeFileSuite,
    renameFileSuite,
    deleteFileSuite,
    putUserInfoSuite,
    containersSuite,
    sharingSuite,
    addActivitiesSuite,
    readSecureStoreSuite,
    reservedSuite,
    coauthSuite,
    getChunkedFileSuite,
    getChunksSuite,
    putChunkedFileSuite,
    chunkedSaveStatesSuite,
    carriedSuite,
    refusedChunksSuite,
    uploadSessionsSuite,
    executeCellStorageRequestSuite,
    executeCellStorageRelativeRequestSuite,
    withoutSuite,
  ]) {
    suite(on)
  }
}
