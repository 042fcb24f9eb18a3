import * as Y from 'yjs'

/** The paragraphs that people share, by their ids. */
export const sharedParagraphs = (document: Y.Doc): Y.Map<unknown> => document.getMap('paragraphs')

/** What the paragraphs say. They come from browsers: what is no text is left out. */
export const sharedTexts = (document: Y.Doc): ReadonlyMap<string, string> =>
  new Map(
    [...sharedParagraphs(document)].flatMap(([id, text]): [string, string][] =>
      text instanceof Y.Text ? [[id, text.toString()]] : [],
    ),
  )
