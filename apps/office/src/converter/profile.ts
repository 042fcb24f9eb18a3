import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const item = (path: string, name: string, value: string | number | boolean) =>
  `<item oor:path="/${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`

/** No macro runs, nothing that a document names is loaded, and what would be asked for goes to a proxy that is not there. */
const settings = [
  item('org.openoffice.Office.Common/Security/Scripting', 'MacroSecurityLevel', 3),
  item('org.openoffice.Office.Common/Security/Scripting', 'DisableMacrosExecution', true),
  item('org.openoffice.Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', true),
  item('org.openoffice.Office.Common/Security/Scripting', 'DisableActiveContent', true),
  item('org.openoffice.Office.Writer/Content/Update', 'Link', 0),
  item('org.openoffice.Office.Calc/Content/Update', 'Link', 1),
  item('org.openoffice.Inet/Settings', 'ooInetProxyType', 2),
  item('org.openoffice.Inet/Settings', 'ooInetHTTPProxyName', '127.0.0.1'),
  item('org.openoffice.Inet/Settings', 'ooInetHTTPProxyPort', 9),
  item('org.openoffice.Inet/Settings', 'ooInetHTTPSProxyName', '127.0.0.1'),
  item('org.openoffice.Inet/Settings', 'ooInetHTTPSProxyPort', 9),
].join('')

const registry = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">${settings}</oor:items>
`

/** Makes a profile for one run of LibreOffice: what one document does to it, the next one does not meet. */
export async function writeProfile(folder: string): Promise<void> {
  await mkdir(join(folder, 'user'), { recursive: true })
  await writeFile(join(folder, 'user/registrymodifications.xcu'), registry)
}
