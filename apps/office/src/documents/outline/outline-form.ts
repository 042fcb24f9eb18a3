import * as Y from 'yjs'
import type { SharedForm } from '../../editing/document-form.ts'
import { seedClient } from '../text/text-format.ts'
import { blankPresentation, blankText } from './blank-documents.ts'
import type { Outline } from './outline.ts'
import { openOutline } from './outline-document.ts'
import { sharedParagraphs, sharedTexts } from './paragraph-texts.ts'

/** A document whose paragraphs people share: each is a text of its own. Throws `DocumentError`. */
export function outlineForm(bytes: Uint8Array, extension: string): SharedForm {
  const template = bytes.length === 0 ? blank(extension) : undefined
  const { outline, obstacle, write } = openOutline(template ?? bytes, extension)
  const form: SharedForm = {
    kind: 'outline',
    format: {},
    ...(template && { template }),
    refusal: obstacle === undefined ? undefined : { code: 'cannot-keep', why: obstacle },
    seed: (identity) => seed(outline, identity),
    bytes: (document) => Buffer.from(write(sharedTexts(document))),
    withFormat: () => form,
  }
  return form
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
