import type { Opening } from '../../src/opening.ts'
import { ApiFailure } from './api-failure.ts'
import { type Bar, type BarAction, bar } from './bar.ts'
import { element } from './element.ts'
import { offerPdf } from './export-pdf.ts'
import { obeyHost } from './host-commands.ts'
import { type HostPage, hostPage } from './host-page.ts'
import { type HostReports, hostReports } from './host-reports.ts'
import { type NoticeAction, type Notices, notices } from './notices.ts'
import { type OfficeApi, officeApi } from './office-api.ts'
import { type Printable, print } from './printing.ts'
import { askForCopy } from './save-as.ts'
import { strings } from './strings.ts'
import { unreachable } from './unreachable.ts'
import { untilReached } from './until-reached.ts'

/** Everything a kind of document has around it. */
export interface Page {
  readonly opening: Opening
  readonly api: OfficeApi
  readonly bar: Bar
  readonly notices: Notices
  readonly host: HostPage
  readonly reports: HostReports
  /** Where the document goes. */
  readonly stage: HTMLElement
  /** The name as it is now. */
  readonly fileName: string
  renamed(fileName: string): void
  /** Says that there is something to see. */
  loaded(): void
  /** Shows a sentence in the place of the document, and what can be done about it. */
  fail(text: string, action?: NoticeAction): void
  /** Called before the page is left by its own button. `false`: something would be lost. */
  beforeClose: () => Promise<boolean>
  /** Brings everything that is seen here to the office. `false`: it could not. */
  flush: () => Promise<boolean>
  /** Asks the office to save. */
  save: () => void
  /** Offers to print what `make` makes; where there is nothing to be printed, nothing is offered. */
  offerPrint(make: Printable): void
  print(): Promise<void>
  /** Leaves the document, saved, while the host's page keeps this one. `false`: something would be lost. */
  end(): Promise<boolean>
  /** From now on the host's page alone does what one of its messages names: `UI_Save`, `UI_Close`. */
  leaveToHost(action: string, isLeft: boolean): void
  isLeftToHost(action: string): boolean
}

/** Builds the page around a document. */
export function createPage(opening: Opening): Page {
  const host = hostPage(opening)
  const reports = hostReports(host, opening.userName ?? '')
  const shownNotices = notices()
  const api = officeApi(opening.ticket, untilReached(unreachable(shownNotices)))
  const leftToHost = new Set<string>()
  let printable: Printable | undefined
  let fileName = opening.fileName
  const page: Page = {
    opening,
    api,
    host,
    reports,
    notices: shownNotices,
    stage: element('main', { class: 'stage' }),
    bar: bar({
      fileName,
      icon: opening.icon,
      ...(opening.can.rename && { rename: (name: string) => rename(page, name) }),
      actions: actionsOf(opening, () => page),
    }),
    get fileName() {
      return fileName
    },
    renamed(name) {
      fileName = name
      document.title = name
      page.bar.setName(name)
    },
    loaded: reports.loaded,
    fail(text, action) {
      page.bar.setState('')
      page.stage.replaceChildren(failure(text, action))
      reports.failed(text)
    },
    beforeClose: async () => true,
    flush: async () => true,
    save: () => {},
    offerPrint(make) {
      if (!opening.can.print) return
      if (!printable) page.bar.add({ icon: 'print', label: strings.actions.print, run: () => void page.print() })
      printable = make
    },
    print: async () => printable && print(printable),
    async end() {
      if (!(await page.beforeClose())) return false
      page.bar.setState('')
      page.stage.replaceChildren(element('p', { class: 'failure', role: 'status' }, strings.notices.closed))
      return true
    },
    leaveToHost: (action, isLeft) => void (isLeft ? leftToHost.add(action) : leftToHost.delete(action)),
    isLeftToHost: (action) => leftToHost.has(action),
  }
  document.querySelector('#office')?.append(page.bar.element, shownNotices.element, page.stage)
  obeyHost(page)
  reports.loading('Initialized')
  reports.loading('Frame_Ready')
  offerPdf(page)
  if (opening.can.saveCopy) {
    page.bar.add({ icon: 'saveAs', label: strings.actions.saveAs, run: () => askForCopy(page) })
  }
  return page
}

function failure(text: string, action?: NoticeAction): HTMLElement {
  const button = action && element('button', { type: 'button', class: 'button' }, action.label)
  button?.addEventListener('click', () => action?.run())
  return element('div', { class: 'failure' }, element('p', { role: 'alert' }, text), button)
}

async function rename(page: Page, name: string): Promise<string> {
  try {
    const { fileName } = await page.api.rename({ fileName: page.fileName, name })
    page.renamed(fileName)
    page.notices.hide('rename')
    const dot = fileName.lastIndexOf('.')
    page.host.send({ MessageId: 'File_Rename', Values: { NewName: dot > 0 ? fileName.slice(0, dot) : fileName } })
  } catch (cause) {
    const isName = cause instanceof ApiFailure && cause.why === 'name'
    const text = isName ? strings.notices.nameTaken : strings.notices.renameFailed
    page.notices.show({ kind: 'rename', text, tone: 'warning', isDismissible: true })
  }
  return page.fileName
}

function actionsOf({ offers, shareMessage }: Opening, page: () => Page): readonly BarAction[] {
  const { edit, share, versions, close } = offers
  const actions: (BarAction | undefined)[] = [
    edit && {
      icon: 'edit',
      label: strings.actions.edit,
      isMain: true,
      run: () => page().host.take(edit, { MessageId: 'UI_Edit', Values: {} }),
    },
    share && {
      icon: 'share',
      label: strings.actions.share,
      run: () => page().host.take(share, { MessageId: shareMessage, Values: {} }),
    },
    versions && {
      icon: 'versions',
      label: strings.actions.versions,
      run: () => page().host.take(versions, { MessageId: 'UI_FileVersions', Values: {} }),
    },
    close && { icon: 'close', label: strings.actions.close, run: () => void leave(page(), close) },
  ]
  return actions.filter((action) => action !== undefined)
}

async function leave(page: Page, offer: NonNullable<Opening['offers']['close']>): Promise<void> {
  const close = () => {
    const EverModified = page.reports.hasBeenModified
    page.host.take(offer, { MessageId: 'UI_Close', Values: { EverModified } })
  }
  if (page.isLeftToHost('UI_Close')) return close()
  if (await page.beforeClose()) return close()
  const actions = [{ label: strings.actions.closeAnyway, run: close }]
  page.notices.show({
    kind: 'close',
    text: strings.notices.closeConfirm,
    tone: 'warning',
    actions,
    isDismissible: true,
  })
}
