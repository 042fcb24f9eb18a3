import { WopiError } from '@openwopi/protocol'
import { webAddress } from '../describe-opening.ts'
import { encodeText } from '../documents/text/encoding.ts'
import { fromStretches } from '../documents/text/line-endings.ts'
import { textFormat } from '../documents/text/text-form.ts'
import type { TextFormat } from '../documents/text/text-format.ts'
import { copyName, extensionOf, stemOf } from '../file-name.ts'
import type { Ticket } from '../tickets.ts'
import type { OfficePorts } from './office-ports.ts'
import type { Sessions } from './sessions.ts'

/** A text that a page has sent under this name. */
export const textIn = (body: unknown, name: string): string => {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
  if (typeof value !== 'string') throw new WopiError('InvalidRequest', { reason: `${name} is missing` })
  return value
}

const plain: TextFormat = { encoding: 'utf-8', hasMark: false, lineEnding: '\n' }

/** Saves a text beside the file, under a name that is free and spelt as the file is. */
export async function saveCopy(
  { wopiSrc, accessToken }: Ticket,
  body: unknown,
  { ports: { client }, sessions }: { ports: OfficePorts; sessions: Sessions },
): Promise<{ readonly name: string; readonly url?: string }> {
  const { encoding, hasMark, lineEnding } = textFormat(sessions.of(wopiSrc)?.form.format ?? {}) ?? plain
  const content = encodeText(fromStretches([{ text: textIn(body, 'text') }], lineEnding), encoding, hasMark)
  const suggestedTarget = copyName(textIn(body, 'fileName'), textIn(body, 'mark'))
  const file = client(wopiSrc, accessToken)
  const answer = await file.putRelativeFile({ suggestedTarget, size: content.length, content })
  const url = webAddress(answer.file.HostEditUrl)
  return { name: answer.file.Name, ...(url && { url }) }
}

/** Gives the file another name; its extension stays. */
export async function rename(
  { wopiSrc, accessToken }: Ticket,
  body: unknown,
  { ports: { client, lockIds }, sessions }: { ports: OfficePorts; sessions: Sessions },
): Promise<{ readonly fileName: string }> {
  const before = textIn(body, 'fileName')
  const extension = before.slice(stemOf(before).length)
  const name = textIn(body, 'name').trim()
  const requestedName = extension && name.endsWith(extension) ? name.slice(0, -extension.length) : name
  const lock = lockIds.of(sessions.of(wopiSrc)?.claim ?? { wopiSrc, epoch: 0 })
  const { file } = await client(wopiSrc, accessToken).renameFile({ requestedName, lock })
  const given = file?.Name ?? requestedName
  const isWhole = extension !== '' && extensionOf(given) === extensionOf(before)
  return { fileName: isWhole ? given : given + extension }
}

/** Goes on under a new access token of the same user. */
export async function renew(
  ticketId: string,
  body: unknown,
  { ports, sessions }: { ports: OfficePorts; sessions: Sessions },
): Promise<void> {
  const before = await ports.tickets.find(ticketId)
  if (!before) throw new WopiError('InvalidToken', {})
  const accessToken = textIn(body, 'accessToken')
  const expiresAt = Number(textIn(body, 'expiresAt'))
  const { info } = await ports.client(before.wopiSrc, accessToken).checkFileInfo()
  const { expiresAt: _ended, ...rest } = before
  const ticket = { ...rest, accessToken, ...(expiresAt > 0 && { expiresAt }) }
  await ports.tickets.replace(ticketId, ticket)
  await sessions.renewed(ticketId, { ticket, info })
}
