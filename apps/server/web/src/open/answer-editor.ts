import type { Editor } from '@openwopi/embed'
import type { EditorMessage, UnknownMessage } from '@openwopi/protocol'
import { folderAddress, openAddress } from '../api/addresses.ts'
import { extensionAt } from '../extension.ts'
import { strings } from '../strings.ts'
import { askName, showLink } from './dialogs.ts'
import { freshToken } from './fresh-token.ts'
import type { Notices } from './notices.ts'
import type { OpenedFile } from './opened-file.ts'

/** What the page answers an editor with. */
export interface Answering {
  readonly file: OpenedFile
  readonly notices: Notices
  readonly editor: () => Editor
}

/** Does what an editor asks of the page around it. What it merely tells is left. */
export const answerEditor = (message: EditorMessage | UnknownMessage, answering: Answering): void => {
  const { file, notices, editor } = answering
  const inFolder = (view: string) => `${folderAddress(file.folderId)}?${view}=${encodeURIComponent(file.id)}`
  switch (message.MessageId) {
    case 'UI_Close':
      return location.assign(inFolder('file'))
    case 'File_Rename':
      document.title = renamed(file.name, message.Values.NewName)
      return
    case 'UI_Sharing':
      return void covered(editor(), () => showLink(file.id))
    case 'UI_FileVersions':
      return void window.open(inFolder('versions'), '_blank', 'noopener')
    case 'UI_Edit':
      return location.assign(openAddress(file.id, 'edit'))
    case 'UI_SaveAs':
      return void covered(editor(), () => saveAs(file.name, editor()))
    case 'App_IsFrameTrusted':
      return editor().send({ MessageId: 'Host_IsFrameTrusted', Values: { isTopFrameTrusted: window.top === window } })
    case 'App_TokenExpiring':
    case 'App_TokenExpired':
      return void renew(answering)
    case 'Session_Closed':
      return notices.show('closed', {
        text: strings.sessionClosed,
        tone: 'warn',
        actions: [{ label: strings.reload, to: () => location.reload() }],
      })
  }
}

/** Gives the editor a new token, or says that there is none. */
export const renew = async ({ notices, editor }: Answering): Promise<void> => {
  const fresh = await freshToken()
  if (!fresh)
    return notices.show('token', {
      text: strings.tokenEnds,
      tone: 'warn',
      actions: [{ label: strings.reload, to: () => location.reload() }],
    })
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
