import { WopiError } from '@openwopi/protocol'
import type { Upload, UploadOwner, Uploads } from '../uploads.ts'

/** An upload of this user to this file. That there are others, nobody learns. */
export async function findUpload(uploads: Uploads, token: string, owner: UploadOwner): Promise<Upload> {
  const upload = await uploads.find(token)
  if (upload?.fileId !== owner.fileId || upload.userId !== owner.userId) throw noUpload()
  return upload
}

export const noUpload = () =>
  new WopiError('UploadSessionGone', { reason: 'there is no such upload session, or its time has run out' })
