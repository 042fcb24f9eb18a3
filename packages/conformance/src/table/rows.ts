import { type Operation, type OperationName, operationEntries } from '@openwopi/protocol'
import type { Check } from '../check.ts'
import type { Target } from '../target.ts'
import { says, type World } from '../world.ts'

/** A row of the table with its name. */
export type Row = readonly [OperationName, Operation]

/** The rows as they stand. */
export const rows = operationEntries as readonly Row[]

/** The operations on files. */
export const onFiles = rows.filter(([, row]) => row.on === 'file')

/** How a host refuses somebody. */
export const refused = [401, 404]

/** Refused are 401 and 404; an operation that is not offered may say that first. */
export const statusesFor = (row: Operation, { info }: World): number[] =>
  row.promisedBy && !says(info, row.promisedBy) ? [...refused, 501] : refused

/** What changes nothing of the file is asked of the file itself; what does, when a host is wrong, of one to write to. */
export const targetFor = (row: Operation, world: World): Target | Promise<Target> =>
  row.needs === 'read' || row.needs === 'create' ? world.file : world.scratch()

/** A wrong host may do what it should refuse. */
export const needsOf = ({ needs }: Operation): Pick<Check, 'needs'> => {
  if (needs === 'read' || needs === 'create') return {}
  return { needs: [needs === 'rename' || needs === 'delete' ? 'own' : 'scratch'] }
}
