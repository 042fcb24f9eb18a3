/** How the fake editor behaves. */
export interface EditorBehaviour {
  /** Messages it sends as soon as it runs. */
  readonly says?: readonly unknown[]
  /** Whether it says nothing at all. */
  readonly isMute?: boolean
  readonly headers?: Readonly<Record<string, string>>
  /** Moves to this address before it speaks, and so speaks from another origin. */
  readonly movesTo?: string
}

/** What Collabora says on a good load. */
export const goodLoad = [
  { MessageId: 'App_LoadingStatus', Values: { Status: 'Initialized' } },
  { MessageId: 'App_LoadingStatus', Values: { Status: 'Frame_Ready', Features: { VersionStates: true } } },
  { MessageId: 'App_LoadingStatus', Values: { Status: 'Document_Loaded', DocumentLoadedTime: 1 } },
]

/** A page that keeps what it hears in `heard`, and says what a test has it say by `say(message)`. */
export const editorPage = ({ says = goodLoad, isMute = false, movesTo }: EditorBehaviour): string => `<!doctype html>
<title>editor</title>
<script>
  window.heard = []
  window.say = (message) => parent.postMessage(typeof message === 'string' ? message : JSON.stringify({ SendTime: 1, Values: {}, ...message }), '*')
  addEventListener('message', (event) => heard.push(JSON.parse(event.data)))
  ${movesTo === undefined ? '' : `location.replace(${JSON.stringify(movesTo)})`}
  ${isMute ? '' : `for (const message of ${JSON.stringify(says)}) say(message)`}
</script>`
