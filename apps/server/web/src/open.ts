import './styles/tokens.css'
import './styles/base.css'
import './styles/over.css'
import './styles/simple.css'
import './styles/open.css'
import { type Editor, openEditor, takeForm } from '@openwopi/embed'
import type { ServerEvent } from '../../src/api.ts'
import { openAddress } from './api/addresses.ts'
import { watchServer } from './api/connection.ts'
import { type Answering, answerEditor, renew } from './open/answer-editor.ts'
import { tellTrouble } from './open/failure.ts'
import { createNotices, type Notices } from './open/notices.ts'
import { type OpenedFile, openedFileOf } from './open/opened-file.ts'
import { strings } from './strings.ts'

// As long before its end a token is renewed.
const renewBefore = 3 * 60_000
// A longer wait does not fit into a browser's timer, which would then run at once.
const longestWait = 2 ** 31 - 1

const begin = (form: HTMLFormElement, container: HTMLElement, bar: HTMLElement): void => {
  const file = openedFileOf(form)
  const taken = takeForm(form)
  const notices = createNotices(bar)
  let editor: Editor
  const answering: Answering = { file, notices, editor: () => editor }
  editor = openEditor({
    ...taken,
    container,
    title: strings.editor(file.name),
    origin: file.clientOrigin,
    onMessage: (message) => answerEditor(message, answering),
    onState: () => notices.hide('loading'),
    onTrouble: (trouble) => tellTrouble(trouble, file, notices),
  })
  // Whoever asked to see it read-only knows, and gets no reason.
  if (file.why !== '') notices.show('read-only', { text: file.why, tone: 'calm' })
  listen(file, notices)
  if (taken.accessTokenTtl > 0)
    setTimeout(
      () => void renew(answering),
      Math.min(longestWait, Math.max(0, taken.accessTokenTtl - Date.now() - renewBefore)),
    )
}

const listen = (file: OpenedFile, notices: Notices): void => {
  const onEnd = () => {
    stop()
    notices.hide('offline')
    notices.show('ended', { text: strings.linkEnded, tone: 'danger' })
  }
  const onEvent = (event: ServerEvent) => {
    if (event.fileId !== file.id) return
    if (event.what === 'ended') onEnd()
    if (event.what === 'renamed' && event.name !== undefined) document.title = event.name
    if (event.what === 'conflict')
      notices.show('conflict', {
        text: strings.conflict(event.copyName),
        tone: 'warn',
        ...(!file.isByLink && { actions: [{ label: strings.openCopy, to: openAddress(event.copyId) }] }),
      })
  }
  const onLost = () => {
    notices.show('offline', { text: strings.editorOffline, tone: 'warn' })
    if (file.isByLink) void hasEnded().then((ended) => ended && onEnd())
  }
  const stop = watchServer(
    { onEvent, onLost, onReturn: () => notices.hide('offline') },
    file.isByLink ? eventsOfLink() : undefined,
  )
}

const eventsOfLink = () => `${location.pathname}/events`

// A link that was revoked while the connection was lost leads nowhere now.
const hasEnded = async (): Promise<boolean> => (await fetch(eventsOfLink()).catch(() => undefined))?.status === 404

// A page that comes back from the browser's history has no token any more, and its frame is in a state nobody knows.
addEventListener('pageshow', (event) => event.persisted && location.reload())

const form = document.querySelector<HTMLFormElement>('form#editor')
const container = document.getElementById('frame')
const bar = document.getElementById('bar')
if (form && container && bar) begin(form, container, bar)
