import { openPackage } from '../package/package.ts'
import { mainPart } from '../package/relationships.ts'
import { cannotKeep } from './inventory.ts'
import { refuseTooMuch } from './refuse-too-much.ts'

/**
 * Why a Word document may only be shown, as a sentence that says where. `undefined`: it may be changed. Throws
 * `DocumentError` where it is none, or more than can be shown.
 */
export function examineWord(file: Uint8Array): string | undefined {
  const pkg = openPackage(file)
  mainPart(pkg)
  refuseTooMuch(pkg)
  return cannotKeep(pkg)
}
