import type { EditorMessage, HostMessage, UnknownMessage } from '@openwopi/protocol'
import type { EditorState } from './editor-state.ts'
import type { LoadTrouble } from './load-trouble.ts'
import type { Timer } from './timer.ts'

/** What an editor is opened with. */
export interface EditorOptions {
  /** The element that the frame fills. */
  readonly container: HTMLElement
  /** Where the form is posted: the filled action URL, without the token. */
  readonly actionUrl: string
  readonly accessToken: string
  /** When the token ends, in milliseconds since the epoch. `0`: not known. */
  readonly accessTokenTtl: number
  /** More fields of the form, such as `user_id` for Microsoft 365 or `ui_defaults` for Collabora. */
  readonly fields?: Readonly<Record<string, string>>
  /** What the frame is, for screen readers: the name of the document, say. */
  readonly title: string
  /** The origin that the editor's messages come from. Default: that of `actionUrl`. */
  readonly origin?: string
  /** What the editor says, under the present name of each message. */
  readonly onMessage?: (message: EditorMessage | UnknownMessage) => void
  readonly onState?: (state: EditorState) => void
  /** The editor does not come, and as far as a page can know this is why. It may still come later. */
  readonly onTrouble?: (trouble: LoadTrouble) => void
  /** How long the editor may stay silent once its page has loaded, in milliseconds. Default: 15 seconds. */
  readonly patience?: number
  /** The clock for `SendTime`. */
  readonly now?: () => number
  readonly timer?: Timer
}

/** An editor in a frame of this page. */
export interface Editor {
  readonly frame: HTMLIFrameElement
  readonly state: () => EditorState
  /** Tells the editor something: at once if the document has loaded, else as soon as it has. */
  send(message: HostMessage): void
  /** Takes the frame away, and hears nothing more of it. */
  close(): void
}
