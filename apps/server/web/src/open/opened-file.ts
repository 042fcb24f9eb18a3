/** The document that this page is about. */
export interface OpenedFile {
  readonly id: string
  readonly name: string
  readonly folderId: string
  /** The origin of the editor. */
  readonly clientOrigin: string
  readonly isReadOnly: boolean
  /** Why it is read-only. Empty: no reason was given. */
  readonly why: string
}

/** What the server has written on the form. */
export const openedFileOf = ({ dataset }: HTMLFormElement): OpenedFile => ({
  id: dataset['fileId'] ?? '',
  name: dataset['fileName'] ?? '',
  folderId: dataset['folderId'] ?? 'root',
  clientOrigin: dataset['clientOrigin'] ?? '',
  isReadOnly: dataset['readOnly'] === 'true',
  why: dataset['why'] ?? '',
})
