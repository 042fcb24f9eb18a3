import { allChildren } from '../all-children.ts'
import type { Implementation } from '../implementation.ts'

export const enumerateFolderChildren: Implementation<'enumerateFolderChildren'> = ({ containers }) =>
  containers &&
  (async (_, { container, grant, links }) => {
    const { files } = await allChildren(containers, container.id)
    const child = async ({ id, name, version }: (typeof files)[number]) => ({
      Name: name,
      Url: await links.withToken({ on: 'file', id }, grant),
      Version: version,
    })
    return { children: { Children: await Promise.all(files.map(child)) } }
  })
