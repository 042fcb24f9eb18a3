import { type EditorMessage, type HostMessage, parseMessage, writeMessage } from '@openwopi/protocol'
import type { Offer, Opening } from '../../src/opening.ts'
import { localeId } from './locale-id.ts'

/** The page that frames this one. Messages go to its origin and to no other, and come from nobody else. */
export interface HostPage {
  send(message: EditorMessage): void
  /** Does what the bar offers: tells the host's page, or goes to the host's address. */
  take(offer: Offer, message: EditorMessage): void
  /** Calls back for each message of the host's page. */
  listen(heard: (message: HostMessage) => void): void
}

/** What is done here. Everything else that a host's page may say is ignored. */
const known: ReadonlySet<string> = new Set<HostMessage['MessageId']>([
  'Host_PostmessageReady',
  'Blur_Focus',
  'Grab_Focus',
  'Action_Save',
  'Action_SaveAs',
  'Action_Close',
  'Action_Print',
  'Close_Session',
  'Get_Views',
  'Get_User_State',
  'Show_Button',
  'Hide_Button',
  'Remove_Button',
  'Insert_Button',
  'Disable_Default_UIAction',
  'Host_VersionRestore',
  'Reset_Access_Token',
])

export function hostPage({ hostOrigin, language }: Opening): HostPage {
  const always = { wdUserSession: crypto.randomUUID(), 'ui-language': localeId(language) }
  const send = (message: EditorMessage) => {
    if (!hostOrigin || window.parent === window) return
    window.parent.postMessage(writeMessage(message, Date.now(), always), hostOrigin)
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
        const message = parseMessage(asText(event.data))
        if (isForUs(message)) heard(message)
      })
    },
  }
}

/** Some hosts send the message itself instead of its text. */
function asText(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data
  try {
    return JSON.stringify(data)
  } catch {
    return undefined
  }
}

const isForUs = (message: ReturnType<typeof parseMessage>): message is HostMessage =>
  message?.MessageId !== undefined && known.has(message.MessageId)
