import type { SnippetPart } from '../../../src/api.ts'

/** What stands around the words that were found in a document. */
export const Snippet = ({ parts }: { readonly parts: readonly SnippetPart[] }) => (
  <span className="snippet">
    {placed(parts).map(({ text, isFound, at }) =>
      isFound ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
    )}
  </span>
)

/** The pieces with the places at which they begin. */
function placed(parts: readonly SnippetPart[]): readonly (SnippetPart & { readonly at: number })[] {
  let next = 0
  return parts.map((part) => {
    const at = next
    next += part.text.length
    return { ...part, at }
  })
}
