import { extensionOf } from '../clients/editors.ts'
import { openBy } from '../files/locking.ts'
import type { Site } from '../site.ts'
import type { Opening } from './opening.ts'

/** Why someone who might want to write cannot, or will not be able to. `undefined`: they can, or asked only to look. */
export async function whyReadOnly(
  site: Site,
  { file, editor, wanted, canWrite }: Opening,
): Promise<string | undefined> {
  if (!canWrite) return 'The file is marked read-only on disk.'
  if (wanted === 'view') return undefined
  if (editor.picked.isReadOnly) {
    return `${editor.picked.app.name} can show .${extensionOf(file.name)} files, but not edit them.`
  }
  const by = await openBy(site, file)
  if (!by) return undefined
  if (by.isDesktop) return `${by.name} has it open in a desktop program.`
  // Whoever uses the same editor joins in, and both edit.
  const isJoining = (await site.lockHolders.clientOf(file.id)) === editor.client.name
  return isJoining ? undefined : `${by.name} has it open in another editor.`
}
