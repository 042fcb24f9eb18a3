import * as Y from 'yjs'
import type { SharedForm } from '../../editing/document-form.ts'
import { askApart } from '../apart/ask-apart.ts'
import { isReadAtOnce } from '../package/is-read-at-once.ts'
import { orBlank } from './blank-word.ts'
import { checkUpload } from './check-upload.ts'
import { examineWord } from './examine-word.ts'
import { sharedFile } from './file-in-document.ts'
import { sharedSteps } from './typed-steps.ts'

/** A Word document as it is shared: whoever changes it puts the whole file there, patched. Throws `DocumentError`. */
export async function wordForm(given: Uint8Array): Promise<SharedForm> {
  const file = orBlank(given)
  const why = isReadAtOnce(file) ? examineWord(file) : await askApart('examineWord', { file })
  const form: SharedForm = {
    kind: 'word',
    hasOneWriter: true,
    format: {},
    refusal: why === undefined ? undefined : { code: 'cannot-keep', why },
    seed: () => Y.encodeStateAsUpdate(new Y.Doc()),
    bytes: (document) => Buffer.from(sharedFile(document) ?? file),
    verify: (changed) => verify(file, changed),
    isBehind: (document) => sharedSteps(document).length > 0,
    withFormat: () => form,
  }
  return form
}

/** A page may put anything in the place of the document. */
async function verify(file: Uint8Array, changed: Uint8Array): Promise<void> {
  const isAtOnce = [file, changed].every((one) => isReadAtOnce(one))
  return isAtOnce ? checkUpload(file, changed) : askApart('checkWord', { file, changed })
}
