import type { EditorMessage, UnknownMessage } from '@openwopi/protocol'

/**
 * How far an editor is. `created`: the frame exists. `ready`: the editor has spoken. `loaded`: the document is shown, and
 * the editor takes messages. `closed`: the user or the editor is done with it.
 */
export type EditorState = 'created' | 'ready' | 'loaded' | 'closed'

/** The state after a message. It only goes forward. */
export const stateAfter = (state: EditorState, message: EditorMessage | UnknownMessage): EditorState => {
  if (state === 'closed' || message.MessageId === 'UI_Close' || message.MessageId === 'Session_Closed') return 'closed'
  if (state === 'loaded') return 'loaded'
  return isLoaded(message) ? 'loaded' : 'ready'
}

// Collabora sends several statuses on the way; the others send one, without a `Status` or with this one.
const isLoaded = (message: EditorMessage | UnknownMessage): boolean =>
  message.MessageId === 'App_LoadingStatus' && (message.Values.Status ?? 'Document_Loaded') === 'Document_Loaded'
