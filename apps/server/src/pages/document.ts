import { assetsOf, type Entry } from './assets.ts'
import { html, type Markup } from './html.ts'

/** What stands around the body of every page. */
export interface Frame {
  readonly title: string
  readonly entry: Entry
  /** The nonce of the page's Content-Security-Policy. Absent: the page runs no script. */
  readonly nonce?: string
  readonly favIconUrl?: string
  readonly viewport?: string
  readonly bodyClass?: string
}

/** A whole HTML document. It holds no inline script and no inline style. */
export const document = (frame: Frame, body: Markup): string => {
  const { script, styles, preloads } = assetsOf(frame.entry)
  const { nonce } = frame
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${frame.title}</title>
<meta name="viewport" content="${frame.viewport ?? 'width=device-width, initial-scale=1'}">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<link rel="icon" href="${frame.favIconUrl ?? '/assets/icon.svg'}">
${styles.map((href) => html`<link rel="stylesheet" href="${href}">\n`)}
${nonce !== undefined && preloads.map((href) => html`<link rel="modulepreload" href="${href}" nonce="${nonce}">\n`)}
${nonce !== undefined && html`<script type="module" src="${script}" nonce="${nonce}"></script>`}
</head>
<body class="${frame.bodyClass ?? ''}">
${body}
</body>
</html>
`.text
}
