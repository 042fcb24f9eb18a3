import { document } from './document.ts'
import { html } from './html.ts'

/** What the page around an editor is told. */
export interface OpenPage {
  readonly fileName: string
  readonly fileId: string
  /** Absent: whoever opens it may not see the folder. */
  readonly folderId?: string
  /** The icon of the editor, from its discovery document. */
  readonly favIconUrl?: string
  /** Where the form goes: the filled action URL, without the token. */
  readonly actionUrl: string
  readonly accessToken: string
  /** When the token ends, in milliseconds since the epoch. */
  readonly accessTokenTtl: number
  /** The origin that the editor's messages come from. */
  readonly clientOrigin: string
  readonly nonce: string
  readonly isReadOnly: boolean
  /** Why it is read-only, for the person who opened it. */
  readonly why?: string
  /** Whoever opens it has followed a link, and may see nothing else of this server. */
  readonly isByLink?: boolean
}

// An editor scales itself; a page that zoomed around it would cut its toolbars off.
const viewport = 'width=device-width, initial-scale=1, maximum-scale=1, minimum-scale=1, user-scalable=no'

/**
 * The page around an editor. The token stands in hidden form fields, which the page's script takes out of the document
 * before it posts them into a frame that it makes itself.
 */
export const openPage = (input: OpenPage): string =>
  document(
    {
      title: input.fileName,
      entry: 'src/open.ts',
      nonce: input.nonce,
      viewport,
      bodyClass: 'open',
      ...(input.favIconUrl !== undefined && { favIconUrl: input.favIconUrl }),
    },
    html`<form id="editor" method="post" action="${input.actionUrl}" hidden
 data-file-name="${input.fileName}" data-file-id="${input.fileId}" data-folder-id="${input.folderId ?? ''}"
 data-by-link="${String(input.isByLink ?? false)}" data-client-origin="${input.clientOrigin}" data-read-only="${String(input.isReadOnly)}" data-why="${input.why ?? ''}">
<input type="hidden" name="access_token" value="${input.accessToken}">
<input type="hidden" name="access_token_ttl" value="${input.accessTokenTtl}">
</form>
<div id="bar" role="status" aria-live="polite"></div>
<main id="frame"></main>`,
  )
