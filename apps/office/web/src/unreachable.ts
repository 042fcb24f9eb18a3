import type { Notices } from './notices.ts'
import { strings } from './strings.ts'
import type { OutageNotice } from './until-reached.ts'

const kind = 'unreachable'

/** Says under the bar that the document cannot be reached, with a button that does not wait for the next try. */
export const unreachable = (notices: Notices): OutageNotice => ({
  show: (tryNow) =>
    notices.show({
      kind,
      text: strings.notices.unreachable,
      actions: [{ label: strings.actions.tryNow, run: tryNow }],
    }),
  hide: () => notices.hide(kind),
})
