import type { Implementation } from '../implementation.ts'
import { makeFile } from '../make-file.ts'
import { splitName } from '../names.ts'
import { exactly } from '../sized.ts'
import { lastModifiedTime } from './check-file-info.ts'

export const putRelativeFile: Implementation<'putRelativeFile'> =
  (ports) =>
  async ({ size, content, ...asked }, { file, grant, links, note }) => {
    const made = await makeFile(ports, {
      ...asked,
      parentId: file.parentId,
      grant,
      content: size === undefined ? content : exactly(size, content),
      baseName: splitName(file.name).base,
    })
    note({ made })
    const { HostViewUrl, HostEditUrl } = ports.describe(made, grant)
    return {
      file: {
        Name: made.name,
        Url: await links.withToken({ on: 'file', id: made.id }, grant),
        LastModifiedTime: lastModifiedTime(made),
        ...(HostViewUrl !== undefined && { HostViewUrl }),
        ...(HostEditUrl !== undefined && { HostEditUrl }),
      },
    }
  }
