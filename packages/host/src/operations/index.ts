import type { OperationName } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'
import { addActivities } from './add-activities.ts'
import { checkContainerInfo } from './check-container-info.ts'
import { checkEcosystem } from './check-ecosystem.ts'
import { checkFileInfo } from './check-file-info.ts'
import { checkFolderInfo } from './check-folder-info.ts'
import { createChildContainer } from './create-child-container.ts'
import { createChildFile } from './create-child-file.ts'
import { createUploadSession } from './create-upload-session.ts'
import { deleteContainer } from './delete-container.ts'
import { deleteFile } from './delete-file.ts'
import { enumerateAncestors } from './enumerate-ancestors.ts'
import { enumerateChildren } from './enumerate-children.ts'
import { enumerateContainerAncestors } from './enumerate-container-ancestors.ts'
import { enumerateFolderChildren } from './enumerate-folder-children.ts'
import { executeCellStorageRelativeRequest } from './execute-cell-storage-relative-request.ts'
import { executeCellStorageRequest } from './execute-cell-storage-request.ts'
import { getChunkedFile } from './get-chunked-file.ts'
import { getChunks } from './get-chunks.ts'
import { getCoauthLock } from './get-coauth-lock.ts'
import { getCoauthTable } from './get-coauth-table.ts'
import { getContainerEcosystem } from './get-container-ecosystem.ts'
import { getContainerShareUrl } from './get-container-share-url.ts'
import { getEcosystem } from './get-ecosystem.ts'
import { getFile } from './get-file.ts'
import { getFileWopiSrc } from './get-file-wopi-src.ts'
import { getLock } from './get-lock.ts'
import { getRestrictedLink } from './get-restricted-link.ts'
import { getRootContainer } from './get-root-container.ts'
import { getSequenceNumber } from './get-sequence-number.ts'
import { getShareUrl } from './get-share-url.ts'
import { lock } from './lock.ts'
import { putChunkedFile } from './put-chunked-file.ts'
import { putFile } from './put-file.ts'
import { putRelativeFile } from './put-relative-file.ts'
import { putUserInfo } from './put-user-info.ts'
import { readSecureStore } from './read-secure-store.ts'
import { refreshCoauthLock } from './refresh-coauth-lock.ts'
import { refreshLock } from './refresh-lock.ts'
import { renameContainer } from './rename-container.ts'
import { renameFile } from './rename-file.ts'
import { revokeRestrictedLink } from './revoke-restricted-link.ts'
import { unlock } from './unlock.ts'
import { unlockAndRelock } from './unlock-and-relock.ts'
import { unlockCoauthLock } from './unlock-coauth-lock.ts'
import { updateUploadSession } from './update-upload-session.ts'

/** Of these the specification tells too little, or too much, to carry them out. */
const notOffered = () => undefined

/** Every operation of the table. A row without an entry does not compile. */
export const implementations: { readonly [N in OperationName]: Implementation<N> } = {
  addActivities,
  getShareUrl,
  getContainerShareUrl,
  getRestrictedLink,
  revokeRestrictedLink,
  readSecureStore,
  getCoauthLock,
  getCoauthTable,
  getSequenceNumber,
  refreshCoauthLock,
  unlockCoauthLock,
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
  executeCellStorageRequest,
  executeCellStorageRelativeRequest,
  putChunkedFile,
  getChunkedFile,
  getChunks,
  createUploadSession,
  updateUploadSession,
  checkPolicy: notOffered,
  getFileUserValue: notOffered,
  setFileUserValue: notOffered,
  grantUserAccess: notOffered,
  checkUserAccess: notOffered,
  getActivities: notOffered,
}
