import { type EditorMessage, type HostMessage, parseMessage, writeMessage } from '@openwopi/protocol'
import type { Offer, Opening } from '../../src/opening.ts'

/** The page that frames this one. Messages go to its origin and to no other, and come from nobody else. */
export interface HostPage {
  send(message: EditorMessage): void
  /** Does what the bar offers: tells the host's page, or goes to the host's address. */
  take(offer: Offer, message: EditorMessage): void
  /** Calls back for each message of the host's page. */
  listen(heard: (message: HostMessage) => void): void
}

const known: ReadonlySet<string> = new Set<HostMessage['MessageId']>([
  'Host_PostmessageReady',
  'Blur_Focus',
  'Grab_Focus',
  'Action_Save',
  'Action_Close',
  'Reset_Access_Token',
])

export function hostPage({ hostOrigin }: Opening): HostPage {
  const send = (message: EditorMessage) => {
    if (hostOrigin && window.parent !== window) window.parent.postMessage(writeMessage(message, Date.now()), hostOrigin)
  }
  return {
    send,
    take(offer, message) {
      if (offer.by === 'message') send(message)
      else window.open(offer.url, message.MessageId === 'UI_Close' ? '_top' : '_blank', 'noopener')
    },
    listen(heard) {
      window.addEventListener('message', (event) => {
        if (event.origin !== hostOrigin || event.source !== window.parent) return
        const message = parseMessage(event.data)
        if (isForUs(message)) heard(message)
      })
    },
  }
}

const isForUs = (message: ReturnType<typeof parseMessage>): message is HostMessage =>
  message?.MessageId !== undefined && known.has(message.MessageId)
