import { allChildren } from '../all-children.ts'
import type { Implementation } from '../implementation.ts'
import { splitName } from '../names.ts'
import { lastModifiedTime } from './check-file-info.ts'

export const enumerateChildren: Implementation<'enumerateChildren'> = ({ containers }) =>
  containers &&
  (async ({ extensions }, { container, grant, links }) => {
    const found = await allChildren(containers, container.id)
    const wanted = extensions && new Set(extensions.map((extension) => extension.toLowerCase()))
    const files = found.files.filter(({ name }) => !wanted || wanted.has(splitName(name).extension.toLowerCase()))
    const children = {
      ChildContainers: await Promise.all(
        found.containers.map(async ({ id, name }) => ({
          Name: name,
          Url: await links.withToken({ on: 'container', id }, grant),
        })),
      ),
      ChildFiles: await Promise.all(
        files.map(async (file) => ({
          Name: file.name,
          Url: await links.withToken({ on: 'file', id: file.id }, grant),
          Version: file.version,
          Size: file.size,
          LastModifiedTime: lastModifiedTime(file),
        })),
      ),
    }
    return { children }
  })
