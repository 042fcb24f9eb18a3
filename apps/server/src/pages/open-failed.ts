import { document } from './document.ts'
import { html } from './html.ts'

/** Why a document could not be opened. */
export interface OpenFailed {
  readonly fileName?: string
  /** What is wrong, in a sentence. */
  readonly message: string
  /** What to do about it. */
  readonly hint?: string
  /** The folder that the way back leads to. Absent: the root. */
  readonly folderId?: string
  /** The file to offer for download. Absent: there is none, or not for this person. */
  readonly fileId?: string
  /** Where its bytes are, if not there. */
  readonly download?: string
  /** Whoever reads it has followed a link, and there is no way back to anything. */
  readonly isByLink?: boolean
}

/** The page that stands in for an editor that could not even be started. It runs no script. */
export const openFailedPage = (input: OpenFailed): string => {
  const download = input.download ?? (input.fileId && `/api/files/${encodeURIComponent(input.fileId)}/content`)
  return document(
    { title: input.fileName ?? 'Not opened', entry: 'src/simple.ts' },
    html`<main class="simple">
<h1>${input.fileName === undefined ? 'This could not be opened' : `“${input.fileName}” could not be opened`}</h1>
<p>${input.message}</p>
${input.hint !== undefined && html`<p class="hint">${input.hint}</p>`}
<p class="ways">
${!input.isByLink && html`<a class="button primary" href="${folderAddress(input.folderId)}">Back to the documents</a>`}
${download !== undefined && html`<a class="button" href="${download}">Download</a>`}
</p>
</main>`,
  )
}

const folderAddress = (id: string | undefined): string => (id === undefined ? '/' : `/folder/${encodeURIComponent(id)}`)
