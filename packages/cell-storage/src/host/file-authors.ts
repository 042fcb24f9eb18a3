import type { FileVersion, StoredFile } from '@openwopi/host'
import type { ContentState } from '../store/cell-content.ts'

/** The names of who has made a file, and of who has changed it last. */
export type FileAuthors = Pick<ContentState, 'createdBy' | 'modifiedBy'>

/** Who has made a file, as far as its versions tell. */
export function fileAuthors(
  { version, ownerId }: Pick<StoredFile, 'version' | 'ownerId'>,
  listed: readonly FileVersion[],
): FileAuthors {
  const createdBy = listed.find(({ by }) => by?.id === ownerId)?.by?.name
  const modifiedBy = listed.find((each) => each.version === version)?.by?.name
  return { ...(createdBy !== undefined && { createdBy }), ...(modifiedBy !== undefined && { modifiedBy }) }
}
