import { sealedField } from '../open-request.ts'
import { type FailureContext, standInPage } from './failure-page.ts'
import { html } from './html.ts'

interface Waiting extends FailureContext {
  /** The path under which this client is served. */
  readonly base: string
  readonly script: string
  /** What opened the document, for the nodes of this office alone to read. */
  readonly sealed: string
}

/** A page that stands where a document should, and opens it as soon as its host can be reached. */
export function waitingPage({ strings, language, nonce, base, script, sealed }: Waiting): string {
  const { title } = strings.failures['host-away']
  const body = html`<h1>${title}</h1><p role="status">${strings.notices.unreachable}</p>
<form method="post"><input type="hidden" name="${sealedField}" value="${sealed}"><button>${strings.actions.tryNow}</button></form>`
  const head = html`<script type="module" src="${base}/${script}"></script>
`
  return standInPage({ title, language, nonce, head, body })
}
