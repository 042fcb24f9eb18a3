import { type Connection, type Hocuspocus, IncomingMessage } from '@hocuspocus/server'
import type { FromPage, SocketRefusal } from '../session-messages.ts'
import type { Place, Sessions } from './sessions.ts'
import { whyNot } from './why-not.ts'

/** What a socket brings: the ticket it was let in with, and, once it has one, its place. */
interface SocketContext {
  readonly ticketId: string
  readonly place?: Place
}

/** Kinds of messages that a page sends. Others would speak to everyone in the name of the office. */
const fromPages: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 5, 7])

/** How a browser closes the socket of a page that is left. */
const goodbyes: readonly (number | undefined)[] = [1000, 1001]

/** Joins the sockets of pages to the sessions of their texts. */
export function joinPages(hocuspocus: Hocuspocus, sessions: Sessions): void {
  hocuspocus.configure({
    async onAuthenticate({ documentName, context, connectionConfig }) {
      const place = await findPlace(sessions, context, documentName)
      connectionConfig.readOnly =
        !place.session.isWritable || place.session.readOnlyFor(place.participant) !== undefined
      return { place }
    },
    async connected({ context, connection }) {
      connect(sessions, context, connection)
    },
    async beforeHandleMessage({ update }) {
      const message = new IncomingMessage(update)
      message.readVarString()
      if (!fromPages.has(message.readVarUint())) throw refused('no-access')
    },
    async onChange({ context }) {
      const { place }: SocketContext = context
      place?.session.changed(place.participant)
    },
    async onAwarenessUpdate({ added, removed, context }) {
      const { place }: SocketContext = context ?? {}
      if (added.length + removed.length > 0) place?.session.announce()
    },
    async onStateless({ connection, payload }) {
      const { place }: SocketContext = connection.context
      if (place && place.participant.readOnly === undefined) await obey(place, payload)
    },
  })
}

async function findPlace(sessions: Sessions, { ticketId }: SocketContext, documentName: string): Promise<Place> {
  const place = await sessions.place(ticketId).catch((cause) => {
    throw refused(whyNot(cause))
  })
  if (!place) throw refused('no-access')
  if (place.session.documentName !== documentName) throw refused('apart')
  return place
}

/** Not an `Error`: hocuspocus writes those to the console, and a refusal is no fault. */
const refused = (reason: SocketRefusal) => ({ reason })

function connect(sessions: Sessions, { place }: SocketContext, connection: Connection): void {
  if (!place) return
  const { session, participant } = place
  clearTimeout(participant.leaving)
  participant.connections.add(connection)
  connection.onClose((_document, event) => {
    participant.connections.delete(connection)
    if (participant.connections.size > 0) return
    const isDismissed = participant.readOnly?.code === 'ended' || participant.readOnly?.code === 'expired'
    if (isDismissed || goodbyes.includes(event?.code)) sessions.leave(session, participant)
    else sessions.away(session, participant)
    session.announce()
  })
  session.announce()
}

async function obey({ session }: Place, payload: string): Promise<void> {
  const message: FromPage = JSON.parse(payload)
  if (message.type === 'save') await session.save()
  if (message.type === 'retry') await session.retry()
  if (message.type === 'discard') await session.discard()
}
