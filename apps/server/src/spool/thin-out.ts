import type { FailedSave } from './failed-save.ts'
import type { Spool } from './spool.ts'

/** Of the saves of one person under one lock, so many of the latest are kept: each holds what the ones before held. */
const keptOfSession = 3

/**
 * Takes away what `latest` makes superfluous: clients send the same again and again while the storage is away, and
 * editors save by themselves while somebody types.
 */
export async function thinOut(spool: Spool, latest: FailedSave): Promise<void> {
  const others = (await spool.list()).filter((save) => 'at' in save && save.id !== latest.id)
  const same = others.filter((save): save is FailedSave => 'at' in save && isOfSame(save, latest))
  const equal = same.filter(({ sha256, isAutosave }) => sha256 === latest.sha256 || isAutosave === true)
  const session = same.filter((save) => save.lock !== undefined && save.lock === latest.lock && !equal.includes(save))
  for (const { id } of [...equal, ...session.slice(keptOfSession - 1)]) await spool.remove(id)
}

/** Somebody's saves of one file. */
const isOfSame = (save: FailedSave, { kind, fileId, name, user }: FailedSave): boolean =>
  save.kind === kind && save.fileId === fileId && save.user.id === user.id && (kind === 'save' || save.name === name)
