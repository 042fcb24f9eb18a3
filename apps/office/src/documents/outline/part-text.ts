import { DocumentError } from '../package/document-error.ts'
import { type Splice, splice } from '../package/xml/splice.ts'
import { anchor } from './outline.ts'
import { type Run, rewrite } from './stretches.ts'

/** A paragraph in the source of a part: runs of text, and between each two of them something that is no text. */
export interface SourceParagraph {
  /** Where its element begins. */
  readonly start: number
  readonly runs: readonly Run[]
  readonly level: number
}

/** What people see of it. */
export const textOf = ({ runs }: SourceParagraph): string =>
  runs.map((run) => run.map(({ text }) => text).join('')).join(anchor)

/** The source with new texts of some of its paragraphs, by their place among them. All else keeps its bytes. */
export function withTexts(
  source: string,
  paragraphs: readonly SourceParagraph[],
  changes: ReadonlyMap<number, string>,
): string {
  const splices = [...changes].flatMap(([index, text]) => {
    const paragraph = paragraphs[index]
    return paragraph ? rewriteParagraph(paragraph, text) : []
  })
  return splice(source, splices)
}

function rewriteParagraph({ runs }: SourceParagraph, text: string): readonly Splice[] {
  // One line is one paragraph: its parts do not hold ends of lines.
  const wanted = text.replace(/[\r\n\v\f\u2028\u2029]+/g, ' ').split(anchor)
  if (wanted.length !== runs.length)
    throw new DocumentError('would-lose', 'Saving this would take away a picture, a field or a line break.')
  return runs.flatMap((run, index) => rewrite(run, wanted[index] ?? ''))
}
