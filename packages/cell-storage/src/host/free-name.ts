import { nextFreeNames, type Storage, type StoredFile } from '@openwopi/host'

/** How many names are tried: each asks the storage once. */
const mostNames = 100

/** A name like that of a file, which no file beside it has. `undefined`: none was found. */
export async function freeName(
  storage: Storage,
  { parentId, name }: Pick<StoredFile, 'parentId' | 'name'>,
): Promise<string | undefined> {
  const names = nextFreeNames(name)
  for (let tries = 0; tries < mostNames; tries++) {
    const { value: candidate } = names.next()
    if (candidate && candidate !== name && !(await storage.child(parentId, candidate))) return candidate
  }
  return undefined
}
