import { causeOf, type Log } from '../log-event.ts'
import type { AboutSave, FailedSave } from './failed-save.ts'
import type { KeptBody } from './kept-body.ts'
import type { Spool } from './spool.ts'
import type { SpoolWriter } from './spool-writer.ts'
import { thinOut } from './thin-out.ts'
import { unrecordedIn } from './unrecorded.ts'

/** A save that could not be stored, with what has been kept of it on its way. */
export interface FailedBody {
  readonly about: AboutSave
  readonly body: KeptBody
  readonly why: unknown
  /** The sizes that its client has said it has, in bytes. */
  readonly sizes: readonly number[]
}

/** Puts a save aside. Resolves to what the client is told. */
export async function putAside(
  { log, spool }: { readonly log: Log; readonly spool: Spool },
  failed: FailedBody,
): Promise<string> {
  const { about } = failed
  const whose = { file: about.fileId, user: about.user.id }
  try {
    const saved = (await keepBody(failed)) ?? (await keepReceived(spool, failed))
    if (saved) {
      await thinOut(spool, saved).catch((error: unknown) =>
        log({ level: 'warn', event: 'spool not thinned out', ...causeOf(error) }),
      )
      log({ level: 'warn', event: 'save put aside', ...whose, size: saved.size })
      return 'the storage failed; what was sent is kept for recovery'
    }
    log({ level: 'error', event: 'save not put aside', message: notWhole, ...whose })
  } catch (error) {
    log({ level: 'error', event: 'save not put aside', ...whose, ...causeOf(error) })
  }
  return 'the storage failed, and what was sent could not be kept'
}

const notWhole = 'A save that could not be stored did not arrive whole, or was too large to be held'

async function keepBody({ body, about, sizes }: FailedBody): Promise<FailedSave | undefined> {
  const writer = await body.whole()
  if (!writer) return undefined
  // Half a document is none.
  if (sizes.every((size) => size === writer.size())) return endOf(writer, about)
  await writer.drop()
  return undefined
}

const endOf = (writer: SpoolWriter, about: AboutSave): Promise<FailedSave> =>
  writer.end(about).catch(async (error: unknown) => {
    await writer.drop()
    throw error
  })

/** What lies in the blob store already, where only the database failed. */
async function keepReceived(spool: Spool, { why, about }: FailedBody): Promise<FailedSave | undefined> {
  const content = await unrecordedIn(why)?.read()
  return content && spool.keep(about, content)
}
