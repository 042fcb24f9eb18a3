import type { AdoptedFile, AdoptedFolder } from '@openwopi/storage-sql'

/** A file or a folder on its way from one storage to another. */
export type Moved =
  | { readonly is: 'folder'; readonly path: string; readonly folder: AdoptedFolder }
  | { readonly is: 'file'; readonly path: string; readonly file: AdoptedFile }

/** How far a move has come. */
export interface MoveReport {
  /** One file or folder is done with. */
  done(what: string, path: string): void
  /** One could not be moved; the others go on. */
  failed(path: string, why: string): void
  /** So many bytes have flowed. */
  passed(bytes: number): void
}

/** Where the export of a storage keeps what ordinary files cannot say: in a folder of this name, at the top. */
export const exportFolder = '.openwopi-export'
