import type { HostMessage } from '@openwopi/protocol'
import { cspNonce } from './csp-nonce.ts'
import { hostButtons } from './host-buttons.ts'
import type { Page } from './page.ts'
import { saveCopyAs } from './save-as.ts'
import { userState } from './user-state.ts'

/** Does what a host's page asks of any document, whatever its kind. */
export function obeyHost(page: Page): void {
  const buttons = hostButtons(page.bar.element, cspNonce())
  const user = userState()
  const insert = (values: Extract<HostMessage, { MessageId: 'Insert_Button' }>['Values']) =>
    buttons.insert(values, () => {
      if (values.unoCommand === '.uno:Save') page.save()
      if (values.unoCommand === '.uno:Print') void page.print()
      page.host.send({ MessageId: 'Clicked_Button', Values: { Id: values.id } })
    })
  page.host.listen((message) => {
    const { MessageId, Values } = message
    if (MessageId === 'Hide_Button') buttons.hide(Values.id)
    if (MessageId === 'Show_Button') buttons.show(Values.id)
    if (MessageId === 'Remove_Button') buttons.remove(Values.id)
    if (MessageId === 'Insert_Button') insert(Values)
    if (MessageId === 'Action_Print') void page.print()
    if (MessageId === 'Action_SaveAs') void answerSaveAs(page, Values)
    if (MessageId === 'Action_Close') void page.end()
    if (MessageId === 'Close_Session') void closeSession(page)
    if (MessageId === 'Get_Views') page.reports.answerViews()
    if (MessageId === 'Get_User_State') page.host.send({ MessageId: 'Get_User_State_Resp', Values: user() })
    if (MessageId === 'Disable_Default_UIAction') page.leaveToHost(Values.action, Values.disable)
  })
}

async function closeSession(page: Page): Promise<void> {
  if (await page.end()) page.host.send({ MessageId: 'Session_Closed', Values: { Reason: 'OwnerTermination' } })
}

async function answerSaveAs(page: Page, { Filename, Notify }: { Filename: string; Notify?: boolean }): Promise<void> {
  const saved = await saveCopyAs(page, Filename)
  if (!Notify) return
  const answer = 'name' in saved ? { success: true, fileName: saved.name } : { success: false, errorMsg: saved.why }
  page.host.send({ MessageId: 'Action_Save_Resp', Values: answer })
}
