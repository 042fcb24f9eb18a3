import type { FileHandle } from 'node:fs/promises'
import type { SqlDialect } from '@openwopi/storage-sql'
import { mortalProcess } from '../../../../packages/storage-sql/test/process-end.ts'
import { watchedDialect } from '../../../../packages/storage-sql/test/watched-dialect.ts'

/** On which side of the step at which it ends a process ends. */
export type Side = 'before' | 'after'

const mortal = mortalProcess()
let side: Side = 'before'

/** What a process that has ended is asked to do, it does not do. */
function pass(here: Side): void {
  if (here === side) mortal.step()
  else mortal.look()
}

/** A step of some work: the process may end on either side of it. */
export async function step<T>(run: () => Promise<T>): Promise<T> {
  pass('before')
  const result = await run()
  pass('after')
  return result
}

/**
 * Whether the process ended before `work` was done, at the step of this number. From there on nothing more happens until
 * this resolves: nothing is cleaned up either. What `work` throws otherwise is thrown.
 */
export function endsAt(number: number, where: Side, work: () => Promise<unknown>): Promise<boolean> {
  side = where
  return mortal.endsAt(number, work)
}

/** A database each of whose statements is a step. */
export const steppedDialect = (address: string): SqlDialect =>
  watchedDialect(address, {
    before: ({ sql }) => {
      // The server takes back what a process that is gone has not committed.
      if (sql !== 'rollback' && !sql.startsWith('begin')) pass('before')
    },
    after: ({ sql }) => {
      if (sql !== 'rollback' && !sql.startsWith('begin')) pass('after')
    },
  })

type FileSystem = typeof import('node:fs/promises')

/** A file system each change of which is a step. */
export function steppedFiles(files: FileSystem): FileSystem {
  const stepped: FileSystem = {
    ...files,
    mkdir: stepping(files.mkdir),
    rename: stepping(files.rename),
    rm: stepping(files.rm),
    utimes: stepping(files.utimes),
    writeFile: stepping(files.writeFile),
    async open(...given) {
      pass('before')
      const handle = await files.open(...given)
      try {
        pass('after')
        return steppedHandle(handle)
      } catch (error) {
        // Whatever a process has open is closed with it.
        await handle.close()
        throw error
      }
    },
  }
  return { ...stepped, default: stepped } as FileSystem
}

const stepping = <F extends (...given: never[]) => Promise<unknown>>(run: F): F =>
  ((...given: Parameters<F>) => step(() => run(...given))) as F

function steppedHandle(handle: FileHandle): FileHandle {
  const [write, writeFile] = [handle.write.bind(handle), handle.writeFile.bind(handle)]
  handle.write = stepping(write as never) as typeof handle.write
  handle.writeFile = stepping(writeFile)
  return handle
}
