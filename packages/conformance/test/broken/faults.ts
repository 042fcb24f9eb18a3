import { cellFaults } from './cell-faults.ts'
import { coauthFaults } from './coauth-faults.ts'
import { containerFaults } from './container-faults.ts'
import type { Fault } from './fault.ts'
import { fileFaults } from './file-faults.ts'
import { lockFaults } from './lock-faults.ts'
import { nameFaults } from './name-faults.ts'

/** Hosts that are right but for one thing each, by what that thing is about. */
export const faults: Readonly<Record<string, readonly Fault[]>> = {
  locks: lockFaults,
  files: fileFaults,
  names: nameFaults,
  containers: containerFaults,
  'co-authoring': coauthFaults,
  cells: cellFaults,
}
