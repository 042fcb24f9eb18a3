import { rmSync } from 'node:fs'
import type { Change } from '@openwopi/host'
import type { Entry } from './entries.ts'
import { keptPath } from './kept-content.ts'
import type { Recorded } from './ledger.ts'
import type { ServedFolder } from './served-folder.ts'

/** What becomes of a version when the next one comes. */
export interface Succession {
  /** Whether its content is kept. */
  readonly keeps: boolean
  /** What is known of it. */
  readonly before: Recorded | undefined
  /** What is to be known of the next one. */
  readonly record: Pick<Recorded, 'by' | 'editors' | 'isAutosave' | 'squashedFrom'>
}

/**
 * Autosaves of one person that follow each other within a while become one version: the last. What anyone saved on
 * purpose, what somebody else saved, and what came from outside is always kept.
 */
export function succession(
  { ledger, keepVersions, squashWithin, now }: ServedFolder,
  entry: Entry,
  change: Change,
): Succession {
  const before = ledger.get(entry.id, entry.version)
  const at = now()
  const isSquashed =
    change.isAutosave === true &&
    before?.isAutosave === true &&
    before.by?.id === change.by.id &&
    at - before.squashedFrom < squashWithin
  const editors = isSquashed ? joined(before.editors, change.editors) : change.editors
  return {
    before,
    keeps: !isSquashed && keepVersions > 1,
    record: {
      by: change.by,
      editors,
      isAutosave: change.isAutosave ?? false,
      squashedFrom: isSquashed ? before.squashedFrom : at,
    },
  }
}

const joined = (a: readonly string[] | undefined, b: readonly string[] | undefined) =>
  a || b ? [...new Set([...(a ?? []), ...(b ?? [])])] : undefined

/** What the index itself knows of a file's present version. */
export const recordOf = ({ id, version, size, modifiedAt, sha256 }: Entry): Recorded => ({
  ...{ file: id, version, size, mtime: modifiedAt, sha256 },
  ...{ by: undefined, editors: undefined, isAutosave: false, squashedFrom: 0 },
})

/** Lets go of the oldest versions where there are too many. */
export function prune({ ledger, leftovers, data, keepVersions, changeLightly }: ServedFolder, file: string): void {
  const old = ledger.of(file).slice(keepVersions)
  if (old.length === 0) return
  const paths = old.map(({ version }) => keptPath(data, file, version))
  changeLightly(() => {
    for (const { version } of old) ledger.drop(file, version)
    for (const path of paths) leftovers.note(path)
  })
  for (const path of paths) rmSync(path, { force: true })
  changeLightly(() => paths.forEach(leftovers.strike))
}
