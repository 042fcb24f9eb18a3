import { messageOf } from '../api/request.ts'
import { useShell } from '../shell.ts'
import { type Dropped, unpackFolder } from './dropped.ts'

/** The way to upload files and whole folders to a folder. */
export const useUploadTo = (folderId: string) => {
  const { uploads, toasts } = useShell()
  return ({ files, folders }: Dropped): void => {
    if (files.length > 0) uploads.add(folderId, files)
    for (const folder of folders)
      unpackFolder(folderId, folder, uploads.add).catch((error: unknown) =>
        toasts.show({ text: messageOf(error), tone: 'trouble' }),
      )
  }
}
