import { WopiError } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'
import { transferring } from '../transfer/transferring.ts'

export const createUploadSession: Implementation<'createUploadSession'> = (ports) => {
  const transfer = transferring(ports)
  return (
    transfer &&
    (async (_, { file, grant }) => {
      const upload = await transfer.uploads.begin({ fileId: file.id, userId: grant.user.id })
      if (!upload) throw new WopiError('ServerBusy', { retryAfter: '60' })
      return { session: { UploadSessionToken: upload.token } }
    })
  )
}
