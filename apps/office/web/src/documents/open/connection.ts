import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import * as Y from 'yjs'
import type { Coming, FromOffice, FromPage, SocketRefusal } from '../../../../src/session-messages.ts'
import { base } from '../../office-api.ts'

/** How long a server may take to answer a socket, in milliseconds. One that is just starting may never do it. */
const openWithin = 8_000
/** How long nothing may be taken of what is typed before people are told, in milliseconds. */
const stuckAfter = 6_000

/** One page's end of a shared document. */
export interface SharedDocument {
  readonly document: Y.Doc
  readonly awareness: NonNullable<HocuspocusProvider['awareness']>
  readonly isConnected: boolean
  /** Whether the office lacks something of what is typed here. */
  readonly hasUnsynced: boolean
  /** Whether the office has taken nothing of it for a while. */
  readonly isStuck: boolean
  send(message: FromPage): void
  /** Sends once more what the office did not take. */
  syncAgain(): void
  destroy(): void
}

export interface ConnectionEvents {
  /** Called once: the document is here. */
  synced(): void
  /** Called whenever the connection, or what is unsynced, has changed. */
  changed(): void
  /** What this page was here before, asked each time it connects. */
  coming(): Coming
  /** The office and this page have lost touch. */
  lost(): void
  told(message: FromOffice): void
  refused(why: SocketRefusal): void
}

/** Joins the shared document of that name. It connects again by itself for as long as it is not destroyed. */
export function joinDocument(name: string, ticket: string, events: ConnectionEvents): SharedDocument {
  const document = new Y.Doc()
  let isConnected = false
  let unsynced = 0
  let isStuck = false
  let waiting: ReturnType<typeof setTimeout> | undefined

  function setUnsynced(number: number): void {
    if (number < unsynced || number === 0) {
      clearTimeout(waiting)
      waiting = undefined
      isStuck = false
    }
    unsynced = number
    if (number > 0)
      waiting ??= setTimeout(() => {
        isStuck = true
        events.changed()
      }, stuckAfter)
    events.changed()
  }

  const socket = new HocuspocusProviderWebsocket({
    url: new URL('socket', base).href.replace(/^http/, 'ws'),
    WebSocketPolyfill: ticketSocket(ticket),
    delay: 500,
    minDelay: 500,
    maxDelay: 5_000,
  })
  const provider: HocuspocusProvider = new HocuspocusProvider({
    websocketProvider: socket,
    name,
    document,
    token: () => events.coming(),
    onSynced: () => events.synced(),
    onAuthenticated: () => {
      isConnected = true
      events.changed()
    },
    onUnsyncedChanges: ({ number }) => setUnsynced(number),
    onClose: () => {
      if (isConnected) events.lost()
      isConnected = false
      events.changed()
    },
    onStateless: ({ payload }) => events.told(JSON.parse(payload)),
    onAuthenticationFailed: ({ reason }) => {
      socket.disconnect()
      events.refused(reason === 'apart' || reason === 'host-away' ? reason : 'no-access')
    },
  })
  // The server counts those as present who have a state.
  provider.awareness?.setLocalState({})
  provider.attach()
  if (!provider.awareness) throw new Error('the shared document has no awareness')

  return {
    document,
    awareness: provider.awareness,
    get isConnected() {
      return isConnected
    },
    get hasUnsynced() {
      return unsynced > 0
    },
    get isStuck() {
      return isStuck
    },
    send: (message) => provider.sendStateless(JSON.stringify(message)),
    syncAgain: () => provider.forceSync(),
    destroy() {
      clearTimeout(waiting)
      provider.destroy()
      socket.destroy()
    },
  }
}

/** A socket that names its ticket beside the address, not in it: addresses end up in logs. */
const ticketSocket = (ticket: string) =>
  class extends WebSocket {
    constructor(address: string) {
      super(address, ['openwopi', `ticket.${ticket}`])
      const timer = setTimeout(() => this.readyState === WebSocket.CONNECTING && this.close(), openWithin)
      this.addEventListener('open', () => clearTimeout(timer))
    }
  }
