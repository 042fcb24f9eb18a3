import * as Y from 'yjs'
import type { SharedForm } from '../../editing/document-form.ts'
import { askApart } from '../apart/ask-apart.ts'
import { writtenOnce } from '../apart/written-once.ts'
import { isReadAtOnce } from '../package/is-read-at-once.ts'
import { seedClient } from '../text/text-format.ts'
import { blankPresentation, blankText } from './blank-documents.ts'
import type { Outline } from './outline.ts'
import { openOutline, readOutline } from './outline-document.ts'
import { sharedParagraphs, sharedTexts } from './paragraph-texts.ts'

/** A document whose paragraphs people share: each is a text of its own. Throws `DocumentError`. */
export async function outlineForm(given: Uint8Array, extension: string): Promise<SharedForm> {
  const template = given.length === 0 ? blank(extension) : undefined
  const file = template ?? given
  const isAtOnce = isReadAtOnce(file)
  const { outline, obstacle } = isAtOnce
    ? readOutline(file, extension)
    : await askApart('readOutline', { file, extension })
  const writer = writtenOnce({
    now: (document) => openOutline(file, extension).write(sharedTexts(document)),
    apart: (document) => askApart('writeOutline', { file, extension, changes: sharedTexts(document) }),
  })
  const isFile = isUntouched(outline)
  const form: SharedForm = {
    kind: 'outline',
    format: {},
    ...(template && { template }),
    refusal: obstacle === undefined ? undefined : { code: 'cannot-keep', why: obstacle },
    seed: (identity) => seed(outline, identity),
    bytes: (document) => (isFile(document) ? Buffer.from(file) : writer.now(document)),
    ...(!isAtOnce && {
      written: async (document: Y.Doc) => (isFile(document) ? Buffer.from(file) : writer.apart(document)),
    }),
    withFormat: () => form,
  }
  return form
}

/** Whether a shared document says what the file says. */
function isUntouched({ sections }: Outline): (document: Y.Doc) => boolean {
  const texts = new Map(sections.flatMap(({ paragraphs }) => paragraphs.map(({ id, text }) => [id, text])))
  return (document) => [...sharedTexts(document)].every(([id, text]) => texts.get(id) === text)
}

const blank = (extension: string): Uint8Array =>
  extension === 'odt' || extension === 'ott' ? blankText() : blankPresentation()

/** The same bytes each time for the same identity: what was typed before a restart still fits. */
function seed({ sections }: Outline, identity: string): Uint8Array {
  const document = new Y.Doc()
  document.clientID = seedClient(identity)
  document.transact(() => {
    const shared = sharedParagraphs(document)
    for (const { paragraphs } of sections) for (const { id, text } of paragraphs) shared.set(id, new Y.Text(text))
  })
  const update = Y.encodeStateAsUpdate(document)
  document.destroy()
  return update
}
