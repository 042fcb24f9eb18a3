import { open, seal } from '../secure-store/sealing.ts'
import { type FailedSave, failedSave } from './failed-save.ts'
import type { SpoolFiles } from './spool-files.ts'
import type { SpoolKeys } from './spool-keys.ts'

/** A save of which nothing can be read. */
export interface LockedSave {
  readonly id: string
  /** What is wrong and what to do, as a sentence. */
  readonly problem: string
}

/** The first line says with which key the rest is sealed. */
const form = /^openwopi spool 1 ([\w-]{16})\n([\w+/=]+)\n$/

/** What is known of a save, as it lies on the disk. */
export function sealedEntry(save: FailedSave, { entries }: SpoolKeys): string {
  const sealed = seal(JSON.stringify(save), labelOf(save.id), entries)
  return `openwopi spool 1 ${entries.id}\n${Buffer.from(sealed).toString('base64')}\n`
}

const labelOf = (id: string) => `openwopi spool 1 ${id}`

/** What is known of a save. `undefined`: it is gone. */
export async function readEntry(
  files: SpoolFiles,
  { entries }: SpoolKeys,
  id: string,
): Promise<FailedSave | LockedSave | undefined> {
  const text = await files.readEntry(id)
  if (text === undefined) return undefined
  const [, keyId, sealed = ''] = form.exec(text) ?? []
  if (keyId === undefined) return { id, problem: `${files.folder} holds ${id}, which is no save or has been damaged.` }
  if (keyId !== entries.id)
    return {
      id,
      problem: `The save ${id} was sealed with another key than the one in the data folder. Name the data folder of the server that put it aside with --data.`,
    }
  const known = open(Buffer.from(sealed, 'base64'), labelOf(id), entries)
  if (known === undefined)
    return { id, problem: `What is known of the save ${id} has been altered or damaged. It cannot be recovered.` }
  return failedSave.parse(JSON.parse(known))
}
