/** Where an upload stands. */
export type UploadState =
  | { readonly is: 'waiting' | 'running' | 'paused' | 'offline' | 'done' }
  | { readonly is: 'taken'; readonly suggestion?: string }
  | { readonly is: 'failed'; readonly message: string; readonly canRetry: boolean }

/** One file on its way to the server. */
export interface Upload {
  readonly id: number
  readonly file: File
  readonly folderId: string
  readonly name: string
  readonly overwrite: boolean
  /** Bytes that have left, of `file.size`. */
  readonly sent: number
  readonly state: UploadState
}

/** Whether it still needs the network. */
export const isUnderWay = ({ state }: Upload): boolean =>
  state.is === 'waiting' || state.is === 'running' || state.is === 'offline'

/** Whether it needs a person. */
export const needsHelp = ({ state }: Upload): boolean => state.is === 'taken' || state.is === 'failed'
