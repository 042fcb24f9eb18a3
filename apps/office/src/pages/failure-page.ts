import type { Strings } from '../strings/index.ts'
import { type Html, html } from './html.ts'

export type FailureName = keyof Strings['failures']

/** A page that stands where a document should: what is wrong, and what to do. It runs no script. */
export function failurePage(name: FailureName, { strings, language, nonce }: FailureContext): string {
  const { title, message, hint } = strings.failures[name]
  const body = html`<h1>${title}</h1><p>${message}</p><p class="hint">${hint}</p>`
  return standInPage({ title, language, nonce, body })
}

interface StandIn {
  readonly title: string
  readonly language: string
  readonly nonce: string
  readonly head?: Html
  readonly body: Html
}

/** A plain page in the place of a document. */
export const standInPage = ({ title, language, nonce, head, body }: StandIn): string =>
  html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#fafafa, #17181a); color: light-dark(#1c1d20, #e7e8ea); }
main { max-width: 30rem; padding: 2rem; }
h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
p { margin: 0 0 .5rem; }
.hint { color: light-dark(#5b5e66, #a3a7b0); }
button { font: inherit; margin-top: .5rem; padding: .25rem .75rem; }
</style>
${head ?? ''}</head>
<body><main>${body}</main></body>
</html>`.markup

export interface FailureContext {
  readonly strings: Strings
  readonly language: string
  readonly nonce: string
}
