import { WopiError } from '@openwopi/protocol'
import type { Implementation } from '../implementation.ts'

export const getFileWopiSrc: Implementation<'getFileWopiSrc'> = ({ nativeNames, storage }) =>
  nativeNames &&
  (async ({ hostNativeFileName }, { grant, links }) => {
    const id = await nativeNames.fileId(hostNativeFileName)
    if (id === undefined || !(await storage.find(id))) throw new WopiError('NotFound', {})
    return { file: { Url: await links.withToken({ on: 'file', id }, grant) } }
  })
