import type { Connection } from '@hocuspocus/server'
import { type CheckFileInfo, canEdit } from '@openwopi/protocol'
import type { ReadOnlyReason } from '../session-messages.ts'
import type { Ticket } from '../tickets.ts'

/** A page that wants to open a document: its ticket, and what the host says of its user. */
export interface Page {
  readonly ticketId: string
  readonly ticket: Ticket
  readonly info: CheckFileInfo
}

/** One page that has a document open. */
export interface Participant {
  /** Known to all who have the document open; the ticket is not. */
  readonly id: string
  readonly ticketId: string
  readonly userId: string
  /** Counts those who have had the document open. */
  readonly view: number
  readonly name: string
  /** Index into the palette: one colour for each user. */
  readonly color: number
  readonly connections: Set<Connection>
  ticket: Ticket
  /** Why this one cannot write, whatever the others can. */
  readOnly: ReadOnlyReason | undefined
  /** When the host was last asked what this one may, in milliseconds since the epoch. */
  checkedAt: number
  hasBeenWarned: boolean
  /** Runs while nobody is connected. */
  leaving: NodeJS.Timeout | undefined
}

/** Why a user cannot change a file, as CheckFileInfo has it. `undefined`: they can. */
export function whyReadOnly(info: CheckFileInfo, action: Ticket['action']): ReadOnlyReason | undefined {
  if (action === 'view') return { code: 'view' }
  if (!info.SupportsUpdate) return { code: 'not-supported' }
  return canEdit(info) ? undefined : { code: 'not-permitted' }
}
