import type { LoadTrouble } from '@openwopi/embed'
import { contentAddress, folderAddress } from '../api/addresses.ts'
import { strings } from '../strings.ts'
import { element } from './element.ts'
import { actionOf, type Notice, type Notices } from './notices.ts'
import type { OpenedFile } from './opened-file.ts'

/** Says why the editor does not come, and what to do. What may still come right is only a line; the rest takes the page. */
export const tellTrouble = (trouble: LoadTrouble, file: OpenedFile, notices: Notices): void => {
  if (trouble.is === 'unreachable') fill(strings.editorUnreachable(trouble.origin), strings.editorUnreachableHint, file)
  else if (trouble.is === 'blocked') fill(strings.editorBlocked(trouble.origin), strings.editorBlockedHint, file)
  else notices.show('loading', { ...lineFor(trouble), actions: waysOut(file) })
}

type Passing = Exclude<LoadTrouble, { is: 'unreachable' | 'blocked' }>

const lineFor = (trouble: Passing): Notice => {
  switch (trouble.is) {
    case 'slow':
      return { text: strings.editorSlow, tone: 'warn' }
    case 'silent':
      return { text: strings.editorSilent, tone: 'warn' }
    case 'wrong-origin':
      return { text: strings.editorWrongOrigin(trouble.origin, trouble.actual), tone: 'danger' }
    case 'failed':
      return { text: `${strings.editorFailed} ${trouble.message ?? strings.editorFailedHint}`, tone: 'danger' }
  }
}

const waysOut = (file: OpenedFile) => [
  { label: strings.reload, to: () => location.reload() },
  { label: strings.download, to: file.isByLink ? `${location.pathname}/content` : contentAddress(file.id) },
  ...(file.isByLink ? [] : [{ label: strings.backToFolder, to: folderAddress(file.folderId) }]),
]

/** Puts words over the frame, which shows nothing but the browser's own page about a failure. */
const fill = (message: string, hint: string, file: OpenedFile): void => {
  const ways = element('p', { className: 'ways' }, ...waysOut(file).map(actionOf))
  const page = element('section', { className: 'simple', role: 'alert' })
  document.getElementById('frame')?.append(page)
  // An alert is spoken when something comes into it.
  page.append(element('h1', {}, message), element('p', {}, hint), ways)
}
