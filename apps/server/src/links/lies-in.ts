import type { Files } from '../stored/open-files.ts'

/** Whether a file or folder lies in a folder now, however deep. A folder does not lie in itself. */
export async function liesIn(
  { storage, containers }: Pick<Files, 'storage' | 'containers'>,
  id: string,
  folderId: string,
): Promise<boolean> {
  const parentId = ((await storage.find(id)) ?? (await containers.find(id)))?.parentId
  if (parentId === undefined) return false
  return parentId === folderId || (await containers.ancestors(parentId)).some((one) => one.id === folderId)
}
