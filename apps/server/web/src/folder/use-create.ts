import { useQueryClient } from '@tanstack/react-query'
import type { FileItem, FolderItem } from '../../../src/api.ts'
import { request } from '../api/request.ts'

/** Makes documents and folders in a folder. Both reject with a `RequestFailed` that may carry a better name. */
export const useCreate = (folderId: string) => {
  const client = useQueryClient()
  const create = async <T>(what: 'files' | 'folders', name: string): Promise<T> => {
    const made = await request<T>(`/folders/${encodeURIComponent(folderId)}/${what}`, {
      method: 'POST',
      body: { name },
    })
    void client.invalidateQueries({ queryKey: ['folder', folderId] })
    return made
  }
  return {
    file: (name: string) => create<FileItem>('files', name),
    folder: (name: string) => create<FolderItem>('folders', name),
  }
}
