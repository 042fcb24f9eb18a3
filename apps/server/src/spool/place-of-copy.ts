import { repairName, type StoredFile, splitName } from '@openwopi/host'
import type { Files } from '../stored/open-files.ts'
import type { FailedSave } from './failed-save.ts'

/** Where a save goes that becomes a file of its own. */
export interface PlaceOfCopy {
  readonly folderId: string
  /** What it is called if that is free. */
  readonly name: string
}

/** Where its file lies, or lay. `file`: the file it was a save of, if that is still there. */
export const placeOfCopy = async (
  files: Pick<Files, 'containers'>,
  save: FailedSave,
  file: StoredFile | undefined,
): Promise<PlaceOfCopy> => ({
  folderId: await folderFor(files, save, file),
  name: repairName(nameOfCopy(save, file)),
})

/** A copy of a file says whose save it is; what was to be a file has a name. */
function nameOfCopy({ kind, name, user, at }: FailedSave, file: StoredFile | undefined): string {
  if (kind !== 'save') return name ?? file?.name ?? 'document'
  const { base, extension } = splitName(file?.name ?? name ?? 'document')
  const day = new Date(at).toISOString().slice(0, 10)
  return `${base} (recovered ${day}${user.name ? ` ${user.name}` : ''})${extension}`
}

/** Where its file lies, or lay; else the uppermost folder. */
async function folderFor(
  { containers }: Pick<Files, 'containers'>,
  { folderId }: FailedSave,
  file: StoredFile | undefined,
): Promise<string> {
  if (file) return file.parentId
  const known = folderId === undefined ? undefined : await containers.find(folderId)
  return (known ?? (await containers.root())).id
}
