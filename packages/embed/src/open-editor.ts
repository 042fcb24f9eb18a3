import { type EditorMessage, type HostMessage, type UnknownMessage, writeMessage } from '@openwopi/protocol'
import { createFrame } from './create-frame.ts'
import { type EditorState, stateAfter } from './editor-state.ts'
import type { Editor, EditorOptions } from './options.ts'
import { withoutSession, withPageParameters } from './page-parameters.ts'
import { postForm } from './post-form.ts'
import { readMessage } from './read-message.ts'
import { browserTimer } from './timer.ts'
import { watchLoading } from './watch-loading.ts'

const defaultPatience = 15_000
const ready = { MessageId: 'Host_PostmessageReady', Values: {} } as const

/**
 * Opens a document in an editor: makes a frame, posts the token into it by a form that does not stay, and listens to
 * what comes from that very frame and that very origin.
 */
export const openEditor = (options: EditorOptions): Editor => {
  const { onMessage, onState, onTrouble = () => {}, now = Date.now, timer = browserTimer } = options
  const actionUrl = withPageParameters(options.actionUrl, location.href)
  const origin = options.origin ?? new URL(actionUrl).origin
  const frame = createFrame(options.title, origin)
  const waiting: HostMessage[] = []
  let state: EditorState = 'created'
  let hasStranger = false

  const post = (message: HostMessage) => frame.contentWindow?.postMessage(writeMessage(message, now()), origin)
  const enter = (next: EditorState) => {
    if (next === state) return
    state = next
    if (state === 'loaded') for (const message of waiting.splice(0)) post(message)
    onState?.(state)
  }
  const take = (message: EditorMessage | UnknownMessage) => {
    stopWatching()
    if (message.MessageId === 'App_LoadingStatus') post(ready)
    enter(stateAfter(state, message))
    const failure = failureIn(message)
    if (failure) onTrouble({ is: 'failed', ...failure })
    onMessage?.(message)
  }
  const listen = (event: MessageEvent) => {
    if (event.source !== frame.contentWindow || event.source === null) return
    const message = readMessage(event.data)
    if (!message) return
    if (event.origin === origin) take(message)
    else if (state === 'created' && !hasStranger) {
      hasStranger = true
      onTrouble({ is: 'wrong-origin', origin, actual: event.origin })
    }
  }
  const close = () => {
    stopWatching()
    removeEventListener('message', listen)
    frame.remove()
    enter('closed')
  }

  addEventListener('message', listen)
  options.container.append(frame)
  const stopWatching = watchLoading({ frame, origin, patience: options.patience ?? defaultPatience, timer, onTrouble })
  // An editor that came up before this listener did asks for nothing until it hears of it.
  frame.addEventListener('load', () => isElsewhere(frame) && post(ready))
  postForm(actionUrl, frame.name, {
    ...options.fields,
    access_token: options.accessToken,
    access_token_ttl: String(options.accessTokenTtl),
  })
  forgetSession()
  return {
    frame,
    state: () => state,
    send: (message) => {
      if (state === 'loaded' || message.MessageId === 'Close_Session') post(message)
      else waiting.push(message)
    },
    close,
  }
}

const failureIn = (message: EditorMessage | UnknownMessage): { readonly message?: string } | undefined => {
  if (message.MessageId === 'App_LoadingStatus') return message.Values.Status === 'Failed' ? {} : undefined
  if (message.MessageId !== 'Action_Load_Resp' || message.Values.success !== false) return undefined
  const { errorMsg } = message.Values
  return errorMsg === undefined ? {} : { message: errorMsg }
}

// The empty document that a frame begins with belongs to this page; what may be told to an editor is not for it.
const isElsewhere = (frame: HTMLIFrameElement): boolean => frame.contentDocument === null

const forgetSession = (): void => {
  const address = withoutSession(location.href)
  if (address !== undefined) history.replaceState(history.state, '', address)
}
