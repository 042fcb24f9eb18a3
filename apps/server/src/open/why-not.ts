import type { StoredFile } from '@openwopi/host'
import { longestActionUrl } from '@openwopi/protocol'
import { type Editors, extensionOf } from '../clients/editors.ts'

/** Why a file is not opened, for the person who wanted to. */
export interface WhyNot {
  readonly message: string
  /** What to do about it. */
  readonly hint?: string
}

/** Why there is no editor for a file. `client`: the one that was asked for. */
export function whyNoEditor(editors: Editors, file: StoredFile, client: string | undefined): WhyNot {
  if (client !== undefined && !editors.clients.some(({ name }) => name === client)) {
    return { message: `There is no editor called “${client.slice(0, 40)}” here.` }
  }
  return whyAway(editors, client) ?? whyUnknown(extensionOf(file.name))
}

function whyAway(editors: Editors, wanted: string | undefined): WhyNot | undefined {
  const away = editors.away().find(({ client, isKnown }) => !isKnown && (wanted ?? client.name) === client.name)
  return (
    away && {
      message: `The editor ${away.client.name} is away: ${away.why}.`,
      hint: `It is tried again all the time. If this lasts, check that ${new URL(away.client.url).origin} is running and can be reached from this server.`,
    }
  )
}

const whyUnknown = (extension: string): WhyNot => ({
  message:
    extension === ''
      ? 'Its name has no extension, so no editor knows what it is.'
      : `No editor here opens .${extension} files.`,
  hint: 'Download it to open it with a program of your own.',
})

/** Why an editor's address would not work. `undefined`: it will. `publicUrl`: where the page around it lies. */
export function whyUnusable(url: string, publicUrl: string): WhyNot | undefined {
  if (!/^https?:/.test(url) || !URL.canParse(url)) {
    return { message: 'The editor has given an address that no browser opens.' }
  }
  if (url.length > longestActionUrl) {
    return {
      message: `The address of the editor would be longer than the ${longestActionUrl} characters that editors take.`,
    }
  }
  if (publicUrl.startsWith('https:') && url.startsWith('http:')) {
    return {
      message: `The editor lies at an http address (${new URL(url).origin}), and browsers load no such page inside an https page.`,
      hint: 'Whoever runs the editor has to give it an https address.',
    }
  }
  return undefined
}
