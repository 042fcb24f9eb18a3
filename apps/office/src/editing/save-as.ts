import { WopiError } from '@openwopi/protocol'
import { webAddress } from '../describe-opening.ts'
import { appFor } from '../documents/apps.ts'
import { extensionOf, stemOf } from '../file-name.ts'
import type { Ticket } from '../tickets.ts'
import type { OfficePorts } from './office-ports.ts'
import { textIn } from './requests.ts'
import type { Sessions } from './sessions.ts'

/** The most bytes of a file that is copied. */
const longest = 256 * 1024 * 1024

/** Puts the document, as it is seen now, beside the file under another name. A file of that name stays as it is. */
export async function saveAs(
  { wopiSrc, accessToken }: Ticket,
  body: unknown,
  { ports, sessions }: { ports: OfficePorts; sessions: Sessions },
): Promise<{ readonly name: string; readonly url?: string }> {
  const suggestedTarget = nameFor(textIn(body, 'name').trim(), textIn(body, 'fileName'), ports)
  const file = ports.client(wopiSrc, accessToken)
  const content = (await sessions.of(wopiSrc)?.whole()) ?? (await wholeOf(file))
  const answer = await file.putRelativeFile({ suggestedTarget, size: content.length, content })
  const url = webAddress(answer.file.HostEditUrl)
  return { name: answer.file.Name, ...(url && { url }) }
}

/** What is copied keeps its type, unless both are text. */
function nameFor(wanted: string, fileName: string, { apps }: OfficePorts): string {
  const extension = extensionOf(fileName)
  const given = extensionOf(wanted)
  if (given === extension && wanted !== '') return wanted
  const areTexts = [given, extension].every((one) => appFor(apps, one)?.kind === 'text')
  if (wanted === '' || (given !== '' && !areTexts && appFor(apps, given)))
    throw new WopiError('InvalidName', { reason: `a copy of ${fileName} cannot be called that` })
  return areTexts ? wanted : `${wanted}${fileName.slice(stemOf(fileName).length)}`
}

async function wholeOf(file: ReturnType<OfficePorts['client']>): Promise<Buffer> {
  const { content } = await file.getFile({ maxExpectedSize: longest })
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}
