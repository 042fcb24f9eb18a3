import type { OperationName } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'
import { checkContainerInfo } from './check-container-info.ts'
import { checkEcosystem } from './check-ecosystem.ts'
import { checkFileInfo } from './check-file-info.ts'
import { checkFolderInfo } from './check-folder-info.ts'
import { createChildContainer } from './create-child-container.ts'
import { createChildFile } from './create-child-file.ts'
import { deleteContainer } from './delete-container.ts'
import { deleteFile } from './delete-file.ts'
import { enumerateAncestors } from './enumerate-ancestors.ts'
import { enumerateChildren } from './enumerate-children.ts'
import { enumerateContainerAncestors } from './enumerate-container-ancestors.ts'
import { enumerateFolderChildren } from './enumerate-folder-children.ts'
import { getContainerEcosystem } from './get-container-ecosystem.ts'
import { getEcosystem } from './get-ecosystem.ts'
import { getFile } from './get-file.ts'
import { getFileWopiSrc } from './get-file-wopi-src.ts'
import { getLock } from './get-lock.ts'
import { getRootContainer } from './get-root-container.ts'
import { lock } from './lock.ts'
import { putFile } from './put-file.ts'
import { putRelativeFile } from './put-relative-file.ts'
import { putUserInfo } from './put-user-info.ts'
import { refreshLock } from './refresh-lock.ts'
import { renameContainer } from './rename-container.ts'
import { renameFile } from './rename-file.ts'
import { unlock } from './unlock.ts'
import { unlockAndRelock } from './unlock-and-relock.ts'

/** Every operation of the table. A row without an entry does not compile. */
export const implementations: { readonly [N in OperationName]: Implementation<N> } = {
  checkContainerInfo,
  checkEcosystem,
  checkFileInfo,
  checkFolderInfo,
  createChildContainer,
  createChildFile,
  deleteContainer,
  deleteFile,
  enumerateAncestors,
  enumerateChildren,
  enumerateContainerAncestors,
  enumerateFolderChildren,
  getContainerEcosystem,
  getEcosystem,
  getFile,
  getFileWopiSrc,
  getLock,
  getRootContainer,
  lock,
  putFile,
  putRelativeFile,
  putUserInfo,
  refreshLock,
  renameContainer,
  renameFile,
  unlock,
  unlockAndRelock,
}
