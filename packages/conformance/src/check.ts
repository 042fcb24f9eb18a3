import type { OperationName, PropertyName } from '@openwopi/protocol'
import type { World } from './world.ts'

/** The subjects that checks are about, in the order in which they are run. */
export const groups = [
  'check-file-info',
  'properties',
  'get-file',
  'tokens',
  'overrides',
  'offers',
  'versions',
  'put-file',
  'atomicity',
  'locks',
  'names',
  'rename',
  'delete',
  'user-info',
  'proof',
] as const

/** What a check is about. */
export type Group = (typeof groups)[number]

/** What a check says about every host. */
export interface Check {
  /** The rule, in one sentence. */
  readonly says: string
  readonly group: Group
  /** The operations that it shows something of. */
  readonly covers: readonly OperationName[]
  /** `advice`: hosts that do otherwise are still right, or only one client minds. Default: `must`. */
  readonly level?: 'must' | 'advice'
  /** What CheckFileInfo has to promise; otherwise the check is skipped, with that as the reason. */
  readonly promised?: readonly PropertyName[]
  /** What it cannot do without besides. */
  readonly needs?: readonly Need[]
  /** Where the specification says it. */
  readonly spec: string
  run(world: World): Promise<void>
}

/**
 * What a check cannot do without. `scratch`: a file to write to, which may be the one given. `own`: a file made for
 * checks. `copies`: as many of those as it likes. `proof`, `old-proof`: keys to sign with.
 */
export type Need = 'scratch' | 'own' | 'copies' | 'proof' | 'old-proof'
