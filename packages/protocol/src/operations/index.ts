import type { Values } from '../parts.ts'
import { activities } from './activities.ts'
import { cells } from './cells.ts'
import { coauth } from './coauth.ts'
import { containers } from './containers.ts'
import { ecosystem } from './ecosystem.ts'
import { files } from './files.ts'
import { folders } from './folders.ts'
import type { Operation } from './operation.ts'
import { reserved } from './reserved.ts'
import { sharing } from './sharing.ts'
import { transfer } from './transfer.ts'

/** The operations of MS-WOPI, each a row: how it is asked for, what it carries, how it can fail. */
export const operations = {
  ...files,
  ...sharing,
  ...activities,
  ...coauth,
  ...transfer,
  ...cells,
  ...reserved,
  ...containers,
  ...folders,
  ...ecosystem,
} as const

/** The name of an operation, as the specification has it. */
export type OperationName = keyof typeof operations
/** What a client sends. */
export type Input<N extends OperationName> = Values<(typeof operations)[N]['request']>
/** What a host answers when all is well. */
export type Output<N extends OperationName> = Values<(typeof operations)[N]['response']>
/** The kind of resource an operation is about. */
export type Subject<N extends OperationName> = (typeof operations)[N]['on']

/** The table with each row's own types forgotten, for code that treats all operations alike. */
export const operationEntries = Object.entries(operations) as readonly (readonly [OperationName, Operation])[]

/** The row of an operation. */
export const operationNamed = (name: OperationName): Operation => operations[name]
