import type { SaveState } from '../../../../src/session-messages.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'

/** `isCutOff`: some changes are in this page alone, and do not get any further. */
export type Outage = (standing: { save: SaveState | undefined; isCutOff: boolean }) => void

/** Says where changes are while they cannot get to where the document lies; once for each time that happens. */
export function outage(page: Page): Outage {
  let shown: string | undefined
  return ({ save, isCutOff }) => {
    const { notices } = strings
    const text = isCutOff ? notices.disconnected : save?.is === 'offline' ? notices.offline : undefined
    if (text === shown) return
    shown = text
    if (text === undefined) page.notices.hide('outage')
    else page.notices.show({ kind: 'outage', text })
  }
}
