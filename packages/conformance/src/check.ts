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
  'limits',
  'locks',
  'races',
  'names',
  'rename',
  'delete',
  'user-info',
  'containers',
  'folders',
  'ecosystem',
  'sharing',
  'activities',
  'coauth',
  'transfer',
  'cells',
  'clients',
  'proof',
  'bootstrapper',
  'expiry',
  'restart',
] as const

/** What a check is about. */
export type Group = (typeof groups)[number]

/** A client with manners of its own. */
export type Client = 'Microsoft 365' | 'Collabora Online' | 'ONLYOFFICE'

/** What a failed check means: a broken rule, a worse host, or trouble with one client that is used. */
export type Severity = 'must' | 'should' | 'interoperability'

/** What a check says about every host. */
export interface Check {
  /** The rule, in one sentence. */
  readonly says: string
  readonly group: Group
  /** The operations that it shows something of. */
  readonly covers: readonly OperationName[]
  /** Default: `must`, or `interoperability` where a client is named. */
  readonly severity?: 'must' | 'should'
  /** Who has trouble with a host that does otherwise, although the specification lets it. */
  readonly client?: Client
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
 * checks. `copies`: as many of those as it likes. `container`: a container made for checks. `proof`, `old-proof`: keys
 * to sign with. `folder`, `bootstrapper`: their addresses. `connection`: bytes that go out as they are. `time`: a clock
 * that can be waited for. `restart`: a host that can be started anew.
 */
export type Need =
  | 'scratch'
  | 'own'
  | 'copies'
  | 'container'
  | 'proof'
  | 'old-proof'
  | 'folder'
  | 'bootstrapper'
  | 'connection'
  | 'time'
  | 'restart'

/** How much a check weighs. */
export const severityOf = ({ severity, client }: Check): Severity =>
  client === undefined ? (severity ?? 'must') : 'interoperability'
