import { countCalls } from '@openwopi/host/adapter'
import { claim } from './claim.ts'
import { type FolderStorage, type FolderStorageOptions, findFolders, openFolder } from './open-folder.ts'

/** Serves a folder of ordinary files. Throws when another process serves it already. */
export async function folderStorage(options: FolderStorageOptions): Promise<FolderStorage> {
  const { root, data } = findFolders(options)
  const claimed = await claim(data, root)
  try {
    const { served: _, indexed: __, ...folder } = await openFolder({ root, data, options })
    const calls = countCalls(`${options.folder} is no longer served`)
    return {
      storage: calls.counted(folder.storage),
      locks: calls.counted(folder.locks),
      containers: calls.counted(folder.containers),
      versions: calls.counted(folder.versions),
      trash: calls.counted(folder.trash),
      userInfo: calls.counted(folder.userInfo),
      streams: calls.counted(folder.streams),
      uploads: calls.counted(folder.uploads),
      signatures: calls.counted(folder.signatures),
      activities: calls.counted(folder.activities),
      shares: (links) => calls.counted(folder.shares(links)),
      restrictedLinks: (links) => calls.counted(folder.restrictedLinks(links)),
      ...calls.counted({
        search: folder.search,
        byPath: folder.byPath,
        lockedFiles: folder.lockedFiles,
        usage: folder.usage,
      }),
      async close() {
        await calls.end()
        await folder.close()
        claimed.release()
      },
    }
  } catch (error) {
    claimed.release()
    throw error
  }
}
