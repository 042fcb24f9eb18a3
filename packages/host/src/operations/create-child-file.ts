import type { Implementation } from '../implementation.ts'
import { makeFile } from '../make-file.ts'

const nothing = () => (async function* () {})()

/** There is no file to take a base name from. */
const baseName = 'New File'

export const createChildFile: Implementation<'createChildFile'> = (ports) =>
  ports.containers &&
  (async (asked, { container, grant, links, note }) => {
    const made = await makeFile(ports, { ...asked, parentId: container.id, grant, content: nothing(), baseName })
    note({ made })
    const { HostViewUrl, HostEditUrl } = ports.describe(made, grant)
    return {
      file: {
        Name: made.name,
        Url: await links.withToken({ on: 'file', id: made.id }, grant),
        ...(HostViewUrl !== undefined && { HostViewUrl }),
        ...(HostEditUrl !== undefined && { HostEditUrl }),
      },
    }
  })
