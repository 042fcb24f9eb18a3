/** The document that this page is about. */
export interface OpenedFile {
  readonly id: string
  readonly name: string
  readonly folderId: string
  /** The origin of the editor. */
  readonly clientOrigin: string
  /** Why it cannot be written, or not by everyone. Empty: there is nothing to say. */
  readonly why: string
  /** Whoever opened it has followed a link, and can see nothing else of this server. */
  readonly isByLink: boolean
}

/** What the server has written on the form. */
export const openedFileOf = ({ dataset }: HTMLFormElement): OpenedFile => ({
  id: dataset['fileId'] ?? '',
  name: dataset['fileName'] ?? '',
  folderId: dataset['folderId'] ?? 'root',
  clientOrigin: dataset['clientOrigin'] ?? '',
  why: dataset['why'] ?? '',
  isByLink: dataset['byLink'] === 'true',
})
