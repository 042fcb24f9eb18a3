import type { Opening } from '../opening.ts'
import type { PageAssets } from './assets.ts'
import { data, html } from './html.ts'

/** The page that a document is shown and edited in. `base`: the path under which this client is served. */
export const documentPage = (
  opening: Opening,
  { base, assets, nonce }: { base: string; assets: PageAssets; nonce: string },
): string =>
  html`<!doctype html>
<html lang="${opening.language}" data-theme="${opening.theme ?? 'auto'}" data-frame="${opening.frame}" data-locale="${opening.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta property="csp-nonce" nonce="${nonce}">
<title>${opening.fileName}</title>
<link rel="icon" href="${base}/icons/${opening.icon}.svg">
${{ markup: assets.styles.map((style) => `<link rel="stylesheet" href="${base}/${style}">`).join('\n') }}
${data('opening', opening)}
<script type="module" src="${base}/${assets.script}"></script>
</head>
<body><div id="office"></div></body>
</html>`.markup
