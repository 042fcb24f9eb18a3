import type { Rewrite } from '@openwopi/host'
import type { Selectable } from 'kysely'
import type { Store } from './store.ts'
import type { VersionTable } from './tables.ts'

/** A version as the database has it. */
export type VersionRow = Selectable<VersionTable>

/** What is known of a version besides its content. */
export type VersionRecord = Pick<VersionRow, 'author' | 'editors' | 'is_autosave' | 'squashed_from'>

/** What is told of a save. */
export type Told = Pick<Rewrite, 'by' | 'editors' | 'isAutosave'>

/** What becomes of a version when the next one comes. */
export interface Succession {
  /** Whether its content is kept. */
  readonly keeps: boolean
  /** What is to be known of the next one. */
  readonly record: VersionRecord
}

/**
 * Autosaves of one person that follow each other within a while become one version: the last. What anyone saved on
 * purpose, and what somebody else saved, is always kept. `before`: of the version that is succeeded; only an autosave
 * depends on it.
 */
export function succession(
  { keepVersions, squashWithin, now }: Store,
  before: VersionRecord | undefined,
  change: Told,
): Succession {
  const at = now()
  const squashed = before && isSquashed(before, change, at - squashWithin) ? before : undefined
  const earlier: readonly string[] = JSON.parse(squashed?.editors ?? '[]')
  const editors = [...new Set([...earlier, ...(change.editors ?? [])])]
  const isTold = change.editors !== undefined || typeof squashed?.editors === 'string'
  return {
    keeps: !squashed && keepVersions > 1,
    record: {
      ...recordOf(change, squashed?.squashed_from ?? at),
      editors: isTold ? JSON.stringify(editors) : null,
    },
  }
}

/** Whether a change takes the place of the version before it. `since`: the earliest beginning of those that become one. */
const isSquashed = (before: VersionRecord, { isAutosave, by }: Told, since: number): boolean =>
  isAutosave === true &&
  before.is_autosave === 1 &&
  JSON.parse(before.author)?.id === by.id &&
  before.squashed_from > since

/** What is to be known of a version that succeeds none. */
export const recordOf = ({ by, editors, isAutosave }: Told, at: number): VersionRecord => ({
  author: JSON.stringify(by),
  editors: editors ? JSON.stringify(editors) : null,
  is_autosave: isAutosave ? 1 : 0,
  squashed_from: at,
})
