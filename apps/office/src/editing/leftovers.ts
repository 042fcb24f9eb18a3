import * as Y from 'yjs'
import { sharedTexts } from '../documents/outline/paragraph-texts.ts'
import { appendedIn } from '../documents/pdf/appended.ts'
import { describeChanges } from '../documents/sheet/typed-cells.ts'
import { textName } from '../documents/text/text-format.ts'
import { sharedFile } from '../documents/word/file-in-document.ts'
import { typedWords } from '../documents/word/typed-steps.ts'
import type { Ticket } from '../tickets.ts'
import type { OfficePorts } from './office-ports.ts'
import { whyReadOnly } from './participant.ts'

/** Changes that were left behind, for those who may write the file. */
export interface Leftovers {
  read(ticket: Ticket): Promise<{ readonly text: string } | undefined>
  /** The whole file, where a file is what was left. */
  file(ticket: Ticket): Promise<Uint8Array | undefined>
  remove(ticket: Ticket): Promise<{ readonly isRemoved: boolean }>
}

export function leftovers({ store, client }: OfficePorts): Leftovers {
  /** A ticket says who someone was when it was made: what they may do now, the host knows. */
  const mayWrite = async ({ wopiSrc, accessToken, action }: Ticket) => {
    const { info } = await client(wopiSrc, accessToken).checkFileInfo()
    return whyReadOnly(info, action) === undefined
  }
  const find = async (ticket: Ticket) => {
    const found = (await mayWrite(ticket)) ? await store.leftover(ticket.wopiSrc) : undefined
    if (!found) return undefined
    const document = new Y.Doc()
    Y.applyUpdate(document, found.state)
    return { found, document }
  }
  return {
    async file(ticket) {
      const left = await find(ticket)
      return left && sharedFile(left.document)
    },
    async read(ticket) {
      const left = await find(ticket)
      if (!left) return undefined
      const { found, document } = left
      if (found.kind === 'word') return { text: typedWords(document) }
      if (found.kind === 'pdf') return { text: appendedIn(document)?.words ?? '' }
      if (found.kind === 'outline') return { text: [...sharedTexts(document).values()].join('\n') }
      return { text: found.kind === 'sheet' ? describeChanges(document) : document.getText(textName).toString() }
    },
    async remove(ticket) {
      const isRemoved = await mayWrite(ticket)
      if (isRemoved) await store.removeLeftover(ticket.wopiSrc)
      return { isRemoved }
    },
  }
}
