import * as Y from 'yjs'
import type { SharedForm } from '../../editing/document-form.ts'
import { openPackage } from '../package/package.ts'
import { mainPart } from '../package/relationships.ts'
import { orBlank } from './blank-word.ts'
import { checkUpload } from './check-upload.ts'
import { sharedFile } from './file-in-document.ts'
import { cannotKeep } from './inventory.ts'
import { refuseTooMuch } from './refuse-too-much.ts'
import { sharedSteps } from './typed-steps.ts'

/** A Word document as it is shared: whoever changes it puts the whole file there, patched. Throws `DocumentError`. */
export function wordForm(file: Uint8Array): SharedForm {
  const bytes = orBlank(file)
  const before = openPackage(bytes)
  mainPart(before)
  refuseTooMuch(before)
  const why = cannotKeep(before)
  let checked: Uint8Array | undefined
  const form: SharedForm = {
    kind: 'word',
    hasOneWriter: true,
    format: {},
    refusal: why === undefined ? undefined : { code: 'cannot-keep', why },
    seed: () => Y.encodeStateAsUpdate(new Y.Doc()),
    bytes(document) {
      const changed = sharedFile(document)
      if (changed === undefined) return Buffer.from(bytes)
      if (changed !== checked) checkUpload(before, changed)
      checked = changed
      return Buffer.from(changed)
    },
    isBehind: (document) => sharedSteps(document).length > 0,
    withFormat: () => form,
  }
  return form
}
