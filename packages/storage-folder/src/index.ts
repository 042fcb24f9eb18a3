export { folderStorage } from './folder-storage.ts'
export type { FolderStorage, FolderStorageOptions } from './open-folder.ts'
export type { SearchResult } from './search.ts'
export type { FolderEvent } from './served-folder.ts'
