import type { LoadTrouble } from '@openwopi/embed'
import { contentAddress, folderAddress } from '../api/addresses.ts'
import { strings } from '../strings.ts'
import { actionOf, type Notices } from './notices.ts'
import type { OpenedFile } from './opened-file.ts'

/** Says why the editor does not come, and what to do. What may still come right is only a line; the rest takes the page. */
export const tellTrouble = (trouble: LoadTrouble, file: OpenedFile, notices: Notices): void => {
  switch (trouble.is) {
    case 'slow':
      return notices.show('loading', { text: strings.editorSlow, tone: 'warn', actions: waysOut(file) })
    case 'silent':
      return notices.show('loading', { text: strings.editorSilent, tone: 'warn', actions: waysOut(file) })
    case 'unreachable':
      return fill(strings.editorUnreachable(trouble.origin), strings.editorUnreachableHint, file)
    case 'blocked':
      return fill(strings.editorBlocked(trouble.origin), strings.editorBlockedHint, file)
    case 'wrong-origin':
      return notices.show('loading', {
        text: strings.editorWrongOrigin(trouble.origin, trouble.actual),
        tone: 'danger',
        actions: waysOut(file),
      })
    case 'failed':
      return notices.show('loading', {
        text: [strings.editorFailed, trouble.message ?? strings.editorFailedHint].join(' '),
        tone: 'danger',
        actions: waysOut(file),
      })
  }
}

const waysOut = (file: OpenedFile) => [
  { label: strings.reload, to: () => location.reload() },
  { label: strings.download, to: contentAddress(file.id) },
  { label: strings.backToFolder, to: folderAddress(file.folderId) },
]

const fill = (message: string, hint: string, file: OpenedFile): void => {
  const page = document.createElement('section')
  page.className = 'simple'
  page.setAttribute('role', 'alert')
  const heading = document.createElement('h1')
  heading.textContent = message
  const words = document.createElement('p')
  words.textContent = hint
  const ways = document.createElement('p')
  ways.className = 'ways'
  ways.append(...waysOut(file).map(actionOf))
  page.append(heading, words, ways)
  document.getElementById('frame')?.append(page)
}
