import { type EditorMessage, editorMessages, parseMessage, type UnknownMessage } from '@openwopi/protocol'

/**
 * What an editor says in an event's `data`, under the present name of the message. `undefined`: nothing, or what only a
 * host page says.
 */
export const readMessage = (data: unknown): EditorMessage | UnknownMessage | undefined => {
  const message = parseMessage(data)
  if (message === undefined || message.MessageId === undefined) return message
  return isOfEditor(message) ? underPresentName(message) : undefined
}

const isOfEditor = (message: { readonly MessageId: string }): message is EditorMessage =>
  Object.hasOwn(editorMessages, message.MessageId)

const underPresentName = (message: EditorMessage): EditorMessage => {
  switch (message.MessageId) {
    case 'close':
      return { MessageId: 'UI_Close', Values: message.Values }
    case 'UI_Share':
      return { MessageId: 'UI_Sharing', Values: {} }
    case 'rev-history':
      return { MessageId: 'UI_FileVersions', Values: {} }
    default:
      return message
  }
}
