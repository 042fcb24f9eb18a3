import { WopiError } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'
import { exactly } from '../sized.ts'
import { findUpload, noUpload } from '../transfer/find-upload.ts'
import { badRequest } from '../transfer/read-request.ts'
import { transferring } from '../transfer/transferring.ts'

export const updateUploadSession: Implementation<'updateUploadSession'> = (ports) => {
  const transfer = transferring(ports)
  return (
    transfer &&
    (async ({ session, offset, length, content }, { file, grant }) => {
      const { uploads, maxFileSize } = transfer
      const { size } = await findUpload(uploads, session, { fileId: file.id, userId: grant.user.id })
      if (offset !== size) throw misplaced(offset, size)
      if (offset + length > longest(maxFileSize)) throw new WopiError('TooLargeToStore', {})
      const upload = await uploads.add(session, offset, exactly(length, content))
      if (upload === 'gone') throw noUpload()
      if (upload === 'full') throw new WopiError('TooLargeToStore', {})
      if (upload === 'elsewhere') throw misplaced(offset)
      return { offset: upload.size }
    })
  )
}

/** Bytes of an upload: each chunk of the file has a header there. */
const longest = (maxFileSize: number) => maxFileSize * 1.1 + 64 * 1024

const misplaced = (offset: number, size?: number) =>
  badRequest(`the bytes from ${offset} on are not the next: ${size ?? 'others'} have arrived`)
