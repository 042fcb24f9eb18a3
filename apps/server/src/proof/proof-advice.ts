import type { ProofChangeKind, ProofFinding, SignedForm } from '@openwopi/protocol/find-proof'

/** What a proof tells about a deployment. Both are sentences, and hold no token. */
export interface ProofAdvice {
  /** What was found. */
  readonly says: string
  readonly todo: string
}

/** The finding about a request that did not pass, for whoever can mend the deployment. */
export function adviseOnProof({ signatures, match }: ProofFinding, client: string): ProofAdvice {
  if (match) return adviseOnMatch(match, client)
  if (signatures.length > 0) {
    return {
      says: `A key of ${client} made the signature, but over another address or token than any that was tried.`,
      todo: 'Something between client and host changes host name, path, query or token: compare the address as the client sent it with the one that arrived. If clients call another host name, give it with --callback-url.',
    }
  }
  return {
    says: `None of the keys that ${client} publishes made this signature.`,
    todo: 'Check that its discovery URL leads to the very client that sends requests, that all machines of a farm have the same key, and, if none of this is so, who sends this.',
  }
}

function adviseOnMatch(match: SignedForm, client: string): ProofAdvice {
  const { signature, changes } = match
  if (signature.key === 'old' && signature.header === 'X-WOPI-ProofOld') {
    return {
      says: `Only the old key of ${client} made the signature that fits, and that proves nothing.`,
      todo: 'The client signs with a key that its discovery document does not list as the current one: have it publish its new key, or read the document again.',
    }
  }
  if (changes.length === 0)
    return { says: `The proof holds as it is, by ${keyText(match)}.`, todo: 'Nothing has to be changed.' }
  const how = changes.map(({ says }) => says).join(', ')
  return {
    says: `The proof would hold for ${withoutQuery(match.url)}: the request as it arrived, but ${how}; ${keyText(match)} made it.`,
    todo: todoFor(match),
  }
}

/** `the current key`, and of several machines, which. */
export const keyText = ({ signature: { key, header, pair } }: SignedForm): string =>
  `the ${key} key${pair > 0 ? ` of machine ${pair + 1}` : ''}${header === 'X-WOPI-ProofOld' ? ' (in X-WOPI-ProofOld)' : ''}`

const about: ReadonlyArray<readonly [kinds: readonly ProofChangeKind[], todo: (match: SignedForm) => string]> = [
  [
    ['scheme', 'host', 'port', 'prefix'],
    ({ url }) => `Give the host the address that the client calls: --callback-url ${baseOf(url)}`,
  ],
  [
    ['token'],
    () =>
      'Check the token in the spelling that was signed too: OpenWOPI takes it decoded and as it stands in the address.',
  ],
  [
    ['escapes', 'slashes'],
    () =>
      'A proxy rewrites paths or escapes: have it pass addresses on as they come (nginx: proxy_pass without a path).',
  ],
  [
    ['query'],
    () =>
      'Something changes the query: have proxies pass it on as it comes, and check the proof before anything else reads the query.',
  ],
  [
    ['letters'],
    () => 'The client signs the address without making it upper case, against the specification: tell its maker.',
  ],
]

function todoFor(match: SignedForm): string {
  const kinds = match.changes.map(({ kind }) => kind)
  const todos = about.filter(([those]) => those.some((kind) => kinds.includes(kind))).map(([, todo]) => todo(match))
  return todos.join(' ')
}

/** What comes before `/wopi/`: what the callback URL should have been. */
const baseOf = (url: string): string => withoutQuery(url).replace(/\/wopi\/.*$/i, '')

const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, '')
