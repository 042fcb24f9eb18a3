import type { Opening } from '../../src/opening.ts'
import { type Bar, type BarAction, bar } from './bar.ts'
import { element } from './element.ts'
import { type HostPage, hostPage } from './host-page.ts'
import { type Notices, notices } from './notices.ts'
import { ApiFailure, type OfficeApi, officeApi } from './office-api.ts'
import { strings } from './strings.ts'

/** Everything a kind of document has around it. */
export interface Page {
  readonly opening: Opening
  readonly api: OfficeApi
  readonly bar: Bar
  readonly notices: Notices
  readonly host: HostPage
  /** Where the document goes. */
  readonly stage: HTMLElement
  /** The name as it is now. */
  readonly fileName: string
  renamed(fileName: string): void
  /** Says that there is something to see. */
  loaded(): void
  /** Shows a sentence in the place of the document. */
  fail(text: string): void
  /** Called before the page is left by its own button. `false`: something would be lost. */
  beforeClose: () => Promise<boolean>
}

/** Builds the page around a document. */
export function createPage(opening: Opening): Page {
  const started = Date.now()
  const api = officeApi(opening.ticket)
  const host = hostPage(opening)
  const shownNotices = notices()
  let fileName = opening.fileName
  const page: Page = {
    opening,
    api,
    host,
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
    loaded() {
      host.send({
        MessageId: 'App_LoadingStatus',
        Values: { Status: 'Document_Loaded', DocumentLoadedTime: Date.now() - started },
      })
    },
    fail(text) {
      page.bar.setState('')
      page.stage.replaceChildren(element('p', { class: 'failure', role: 'alert' }, text))
      host.send({ MessageId: 'App_LoadingStatus', Values: { Status: 'Failed' } })
    },
    beforeClose: async () => true,
  }
  document.documentElement.classList.toggle('embedded', opening.isEmbedded)
  document.querySelector('#office')?.append(page.bar.element, shownNotices.element, page.stage)
  host.send({ MessageId: 'App_LoadingStatus', Values: { Status: 'Frame_Ready' } })
  return page
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

function actionsOf({ offers }: Opening, page: () => Page): readonly BarAction[] {
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
      run: () => page().host.take(share, { MessageId: 'UI_Sharing', Values: {} }),
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
  const close = () => page.host.take(offer, { MessageId: 'UI_Close', Values: {} })
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
