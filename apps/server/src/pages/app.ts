import { document } from './document.ts'
import { html } from './html.ts'

/** The shell of the file browser: the same page at `/`, `/folder/:id`, `/trash`, `/failed-saves`, `/admin` and `/sign-in`. */
export const appPage = (nonce: string): string =>
  document(
    { title: 'Documents', entry: 'src/main.tsx', nonce },
    html`<div id="app"></div>
<noscript><main class="simple"><h1>This page needs JavaScript</h1><p>Switch it on in the browser and load the page again.</p></main></noscript>`,
  )
