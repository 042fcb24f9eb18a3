import type { OperationName } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'
import { checkFileInfo } from './check-file-info.ts'
import { deleteFile } from './delete-file.ts'
import { getFile } from './get-file.ts'
import { getLock } from './get-lock.ts'
import { lock } from './lock.ts'
import { putFile } from './put-file.ts'
import { putRelativeFile } from './put-relative-file.ts'
import { putUserInfo } from './put-user-info.ts'
import { refreshLock } from './refresh-lock.ts'
import { renameFile } from './rename-file.ts'
import { unlock } from './unlock.ts'
import { unlockAndRelock } from './unlock-and-relock.ts'

/** Every operation of the table. A row without an entry does not compile. */
export const implementations: { readonly [N in OperationName]: Implementation<N> } = {
  checkFileInfo,
  deleteFile,
  getFile,
  getLock,
  lock,
  putFile,
  putRelativeFile,
  putUserInfo,
  refreshLock,
  renameFile,
  unlock,
  unlockAndRelock,
}
