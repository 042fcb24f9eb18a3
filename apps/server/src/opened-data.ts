import type { User } from '@openwopi/host'
import { type FolderEvent, type FolderStorage, folderStorage } from '@openwopi/storage-folder'
import type { Database } from '@openwopi/storage-folder/database'
import { mainKey } from './access/secrets.ts'
import type { Config } from './config.ts'
import { serverDatabase } from './server-database.ts'

/** Everything on disk that a server works with. */
export interface OpenedData {
  readonly folder: FolderStorage
  readonly database: Database
  readonly key: Uint8Array
  /** Calls under way end first. */
  close(): Promise<void>
}

/** Opens the folder and what lies beside it. If one of them cannot be opened, none stays open. */
export async function openData(
  config: Config,
  owner: User,
  { observe, now }: { readonly observe: (event: FolderEvent) => void; readonly now: () => number },
): Promise<OpenedData> {
  const { folder: path, dataFolder, keepVersions } = config
  const folder = await folderStorage({ folder: path, dataFolder, keepVersions, ownerId: owner.id, observe, now })
  try {
    const key = await mainKey(dataFolder)
    const database = await serverDatabase(dataFolder)
    const close = async () => {
      database.close()
      await folder.close()
    }
    return { folder, database, key, close }
  } catch (error) {
    await folder.close()
    throw error
  }
}
