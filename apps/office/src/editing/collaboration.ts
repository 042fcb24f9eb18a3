import { type Connection, type Hocuspocus, IncomingMessage } from '@hocuspocus/server'
import { messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import type { Coming, FromOffice, FromPage, SaveOutcome, SocketRefusal } from '../session-messages.ts'
import type { Place, Sessions } from './sessions.ts'
import { whyNot } from './why-not.ts'

/** What a socket brings: the ticket it was let in with, and, once it has one, its place. */
export interface SocketContext {
  readonly ticketId: string
  /** The code with which the socket closes, once it does. */
  readonly closed: Promise<number>
  readonly place?: Place
}

/** Kinds of messages that a page sends. Others would speak to everyone in the name of the office. */
const fromPages: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 5, 7])

/** Of these, those that may bring a change. */
const [syncing, syncReply] = [0, 4]

/** How a browser closes the socket of a page that is left; 1005 is a close without a code. */
const goodbyes: ReadonlySet<number> = new Set([1000, 1001, 1005])
/** Cut off without a word: what a browser does that is closed at once, and a network for a moment. */
const cutOff = 1006
/** In milliseconds: a page that is still there has connected again by then. */
const cutOffFor = 4_000

/** Joins the sockets of pages to the sessions of their texts. */
export function joinPages(hocuspocus: Hocuspocus, sessions: Sessions, failed: (cause: unknown) => void): void {
  hocuspocus.configure({
    async onAuthenticate({ documentName, context, connectionConfig, token }) {
      const place = await findPlace(sessions, context, documentName)
      place.session.comes(place.participant, comingAs(token))
      connectionConfig.readOnly =
        !place.session.isWritable || place.session.readOnlyFor(place.participant) !== undefined
      return { place }
    },
    async connected({ context, connection }) {
      connect(sessions, context, connection)
    },
    async beforeHandleMessage({ update, context, connection }) {
      const message = new IncomingMessage(update)
      message.readVarString()
      const type = message.readVarUint()
      if (!fromPages.has(type)) throw refused('no-access')
      const { place }: SocketContext = context
      const change = changeIn(type, message)
      // What is taken in here is acknowledged by hocuspocus afterwards, for which it changes nothing any more.
      if (place && change && !connection.readOnly)
        await place.session.take(place.participant, change, connection).catch(() => sendAway(connection))
    },
    async onAwarenessUpdate({ added, removed, documentName }) {
      if (added.length + removed.length > 0) sessions.named(documentName)?.announce()
    },
    async onStateless({ connection, payload }) {
      const { place }: SocketContext = connection.context
      // Nobody waits for a hook: what it throws would end the process.
      if (place && place.participant.readOnly === undefined) {
        const answer = (message: FromOffice) => connection.sendStateless(JSON.stringify(message))
        await obey(place, payload, answer).catch(failed)
      }
    },
  })
}

/** A page says it where others bring a secret: its own is the ticket. */
const comingAs = (token: string): Coming => (token === 'writing' || token === 'following' ? token : 'new')

/** Has a page connect again. What it has sent is never answered, so that it sends it once more. */
function sendAway({ webSocket }: Connection): Promise<never> {
  webSocket.close(1012)
  return new Promise<never>(() => {})
}

/** The change to the document that a message brings. */
function changeIn(type: number, message: IncomingMessage): Uint8Array | undefined {
  if (type !== syncing && type !== syncReply) return undefined
  const step = message.readVarUint()
  return step === messageYjsSyncStep2 || step === messageYjsUpdate ? message.readVarUint8Array() : undefined
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

function connect(sessions: Sessions, { place, closed }: SocketContext, connection: Connection): void {
  if (!place) return
  const { session, participant } = place
  clearTimeout(participant.leaving)
  participant.connections.add(connection)
  connection.onClose((_document, event) => {
    participant.connections.delete(connection)
    if (participant.connections.size > 0) return
    sessions.away(session, participant)
    const isDismissed = participant.readOnly?.code === 'ended' || participant.readOnly?.code === 'expired'
    if (isDismissed || goodbyes.has(event?.code ?? 0)) sessions.leave(session, participant)
    // hocuspocus may notice before the socket has said why it closes.
    else void closed.then((code) => depart(sessions, { session, participant }, code))
    session.announce()
  })
  session.announce()
}

function depart(sessions: Sessions, { session, participant }: Place, code: number): void {
  if (participant.connections.size > 0) return
  if (goodbyes.has(code)) sessions.leave(session, participant)
  else if (code === cutOff) sessions.away(session, participant, cutOffFor)
}

async function obey(
  { session, participant }: Place,
  payload: string,
  answer: (message: FromOffice) => void,
): Promise<void> {
  const message: FromPage = JSON.parse(payload)
  if (message.type === 'save') {
    const outcome = await outcomeOf(session.save())
    if (message.ask !== undefined) answer({ type: 'save-answer', ask: message.ask, outcome: outcome.is })
    if (outcome.cause !== undefined) throw outcome.cause
  }
  if (message.type === 'retry') await session.retry()
  if (message.type === 'discard') await session.discard()
  if (message.type === 'take-over') await session.takeOver(participant)
  if (message.type === 'handed-over') session.handedOver(participant)
}

/** How a save ended; one that failed is answered too. */
const outcomeOf = (saving: Promise<SaveOutcome>): Promise<{ readonly is: SaveOutcome; readonly cause?: unknown }> =>
  saving.then(
    (is) => ({ is }),
    (cause: unknown) => ({ is: 'failed', cause }),
  )
