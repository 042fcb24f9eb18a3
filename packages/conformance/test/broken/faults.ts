import { groups as allGroups, type Group } from '../../src/index.ts'
import { cellFaults } from './cell-faults.ts'
import { coauthFaults } from './coauth-faults.ts'
import { containerFaults } from './container-faults.ts'
import type { Fault } from './fault.ts'
import { fileFaults } from './file-faults.ts'
import { lockFaults } from './lock-faults.ts'
import { nameFaults } from './name-faults.ts'
import { proofFaults } from './proof-faults.ts'

/** Wrong hosts, and the checks that are run against each of them. */
export interface Subject {
  readonly faults: readonly Fault[]
  /** Those of which some ask for what is wrong, and those next to them. */
  readonly groups: readonly Group[]
}

const files: readonly Group[] = ['check-file-info', 'properties', 'get-file', 'versions', 'put-file', 'delete']

/** Hosts that are right but for one thing each, by what that thing is about. */
export const subjects: Readonly<Record<string, Subject>> = {
  locks: {
    faults: lockFaults,
    groups: [...files, 'overrides', 'locks', 'races', 'rename', 'clients', 'expiry', 'restart'],
  },
  // What is wrong here is what every check begins with: nothing is left out.
  files: { faults: fileFaults, groups: allGroups },
  // Signing costs more than all the rest: what is asked for with every token and every operation is left out.
  proofs: { faults: proofFaults, groups: [...files, 'overrides', 'locks', 'clients', 'proof', 'restart'] },
  names: { faults: nameFaults, groups: [...files, 'overrides', 'names', 'rename', 'containers', 'clients', 'restart'] },
  containers: {
    faults: containerFaults,
    groups: [
      ...files,
      'tokens',
      'containers',
      'folders',
      'ecosystem',
      'sharing',
      'activities',
      'bootstrapper',
      'restart',
    ],
  },
  'co-authoring': {
    faults: coauthFaults,
    groups: [...files, 'overrides', 'locks', 'coauth', 'transfer', 'cells', 'clients', 'expiry', 'restart'],
  },
  cells: {
    faults: cellFaults,
    groups: [...files, 'tokens', 'overrides', 'offers', 'locks', 'coauth', 'cells', 'restart'],
  },
}
