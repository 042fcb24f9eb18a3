import type { SnippetPart } from '../../../src/api.ts'

/** What stands around the words that were found in a document. */
export const Snippet = ({ parts }: { readonly parts: readonly SnippetPart[] }) => (
  <span className="snippet">
    {parts.map(({ text, isFound }, index) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text are told apart by their order alone
      isFound ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
    )}
  </span>
)
