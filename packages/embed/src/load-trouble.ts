/** Why an editor does not come, as far as the page around it can know. */
export type LoadTrouble =
  /** Nothing answers at the editor's origin, or this browser is not let through to it. */
  | { readonly is: 'unreachable'; readonly origin: string }
  /** This page itself forbids the frame: `directive` of its Content-Security-Policy, or `mixed-content`. */
  | { readonly is: 'blocked'; readonly origin: string; readonly directive: string }
  /** The frame speaks, but from another origin than expected. */
  | { readonly is: 'wrong-origin'; readonly origin: string; readonly actual: string }
  /** The frame has loaded and says nothing: it refuses to be framed here, or speaks to another origin than this page's. */
  | { readonly is: 'silent'; readonly origin: string }
  /** The editor's server is there, but its page has not arrived. */
  | { readonly is: 'slow'; readonly origin: string }
  /** The editor says that it cannot show the document; `message` in its own words. */
  | { readonly is: 'failed'; readonly message?: string }
