import type { HostEvent } from '@openwopi/host'
import { cells } from '@openwopi/protocol'

/** Whether a call is one of cell storage, most of which only ask. */
export const isInCells = ({ operation }: HostEvent): boolean =>
  operation !== undefined && Object.hasOwn(cells, operation)

/** What a call of cell storage has done to the file. `undefined`: nothing. */
export function doneInCells({
  made,
  save,
  lock,
}: HostEvent): 'created' | 'renamed' | 'changed' | 'locked' | 'unlocked' | undefined {
  if (made) return save ? 'created' : 'renamed'
  if (save) return 'changed'
  return lock && (lock === 'taken' ? 'locked' : 'unlocked')
}
