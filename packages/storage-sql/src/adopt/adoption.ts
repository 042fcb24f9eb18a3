import type { Content, User } from '@openwopi/host'

/** A folder that is brought along from elsewhere. */
export interface AdoptedFolder {
  readonly id: string
  readonly parentId: string
  readonly name: string
  readonly ownerId: string
}

/** A file that is brought along from elsewhere, with all it was. */
export interface AdoptedFile extends AdoptedFolder {
  /** Oldest first; the last is the present one. At least one. */
  readonly versions: readonly AdoptedVersion[]
  /** When, in milliseconds since the epoch, and by whom it was put into the trash. Absent: it lies in its folder. */
  readonly removed?: { readonly at: number; readonly by: User }
}

/** A content that a file has, or had. */
export interface AdoptedVersion {
  /** Its name among the versions of the file. It begins with the version's number, which grows. */
  readonly version: string
  /** Bytes. */
  readonly size: number
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number
  /** Absent: it is not known. */
  readonly by?: User
  readonly editors?: readonly string[]
  readonly isAutosave?: boolean
  /** Base64 of the SHA-256. Absent: it is not known. */
  readonly sha256?: string
  read(): Promise<Content | undefined>
}

/**
 * What has become of a file that was to be adopted.
 *
 * - `added`, `continued`: all of it is here now; of a file that was here before, what has been saved since.
 * - `unchanged`: all of it was here.
 * - `moved on`: it has been saved here since, and not there. Nothing was changed.
 * - `differs`: it has been saved both here and there since. Nothing was changed.
 * - `removed`: it was here and has been removed since.
 * - `locked`: it is being edited here. Nothing was changed.
 * - `name taken`: another file or folder has its name here.
 * - `no folder`: the folder it is to lie in is not here.
 */
export type Adopted =
  | 'added'
  | 'continued'
  | 'unchanged'
  | 'moved on'
  | 'differs'
  | 'removed'
  | 'locked'
  | 'name taken'
  | 'no folder'

/** Brings files and folders along with their ids. A second time changes nothing. */
export interface Adopt {
  folder(folder: AdoptedFolder): Promise<Adopted>
  file(file: AdoptedFile): Promise<Adopted>
}
