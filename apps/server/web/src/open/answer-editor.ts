import type { Editor } from '@openwopi/embed'
import type { EditorMessage, UnknownMessage } from '@openwopi/protocol'
import { folderAddress, openAddress } from '../api/addresses.ts'
import { extensionAt } from '../extension.ts'
import { strings } from '../strings.ts'
import { askName } from './dialogs.ts'
import { freshToken } from './fresh-token.ts'
import type { Notices } from './notices.ts'
import type { OpenedFile } from './opened-file.ts'

/** What the page answers an editor with. */
export interface Answering {
  readonly file: OpenedFile
  readonly notices: Notices
  readonly editor: () => Editor
}

type Said = EditorMessage | UnknownMessage

/** Does what an editor asks of the page around it. What it merely tells is left. */
export const answerEditor = (message: Said, answering: Answering): void => {
  const { file, notices, editor } = answering
  if (message.MessageId === 'File_Rename') document.title = renamed(file.name, message.Values.NewName)
  if (message.MessageId === 'UI_Sharing' && !file.isByLink) void covered(editor(), () => share(file.id))
  if (message.MessageId === 'UI_SaveAs') void covered(editor(), () => saveAs(file.name, editor()))
  if (message.MessageId === 'App_IsFrameTrusted') tellTrust(editor())
  if (message.MessageId === 'App_TokenExpiring' || message.MessageId === 'App_TokenExpired') void renew(answering)
  if (message.MessageId === 'Session_Closed')
    notices.show('closed', { text: strings.sessionClosed, tone: 'warn', actions: [loadAgain] })
  if (file.isByLink) leaveAsGuest(message, notices)
  else leave(message, file)
}

/** Goes where an editor sends the user. */
const leave = ({ MessageId }: Said, file: OpenedFile): void => {
  const inFolder = (view: string) => `${folderAddress(file.folderId)}?${view}=${encodeURIComponent(file.id)}`
  if (MessageId === 'UI_Close') location.assign(inFolder('file'))
  if (MessageId === 'UI_Edit') location.assign(openAddress(file.id, 'edit'))
  if (MessageId === 'UI_FileVersions') window.open(inFolder('versions'), '_blank', 'noopener')
}

/** Whoever has followed a link came from a folder that was shared, or from nowhere here. */
const leaveAsGuest = ({ MessageId }: Said, notices: Notices): void => {
  const [, folder] = /^(.*\/s\/[^/]+)\/file\/[^/]+$/.exec(location.pathname) ?? []
  if (MessageId === 'UI_Close' && folder !== undefined) location.assign(folder)
  else if (MessageId === 'UI_Close') notices.show('closed', { text: strings.closedByGuest, tone: 'calm' })
  if (MessageId === 'UI_Edit') location.assign('?action=edit')
}

// What the dialog is made of is loaded when it is first opened.
const share = async (fileId: string): Promise<void> => {
  const { showSharing } = await import('./share.tsx')
  await showSharing(fileId)
}

const tellTrust = (editor: Editor): void =>
  editor.send({ MessageId: 'Host_IsFrameTrusted', Values: { isTopFrameTrusted: window.top === window } })

const loadAgain = { label: strings.reload, to: () => location.reload() }

/** Gives the editor a new token, or says that there is none. */
export const renew = async ({ notices, editor }: Answering): Promise<void> => {
  const fresh = await freshToken()
  if (!fresh) {
    notices.show('token', { text: strings.tokenEnds, tone: 'warn', actions: [loadAgain] })
    return
  }
  notices.hide('token')
  editor().send({
    MessageId: 'Reset_Access_Token',
    Values: { token: fresh.accessToken, ttl: String(fresh.accessTokenTtl) },
  })
}

const saveAs = async (name: string, editor: Editor): Promise<void> => {
  const wanted = await askName(name)
  if (wanted !== undefined) editor.send({ MessageId: 'Action_SaveAs', Values: { Filename: wanted, Notify: true } })
}

// An editor that is covered by a dialog must not take the keys that are meant for the dialog.
const covered = async (editor: Editor, show: () => Promise<void>): Promise<void> => {
  editor.send({ MessageId: 'Blur_Focus', Values: {} })
  await show()
  editor.send({ MessageId: 'Grab_Focus', Values: {} })
}

// Editors send the new name without its extension, and some with it.
const renamed = (name: string, newName: string): string => {
  const extension = name.slice(extensionAt(name))
  return newName.toLowerCase().endsWith(extension.toLowerCase()) ? newName : newName + extension
}
