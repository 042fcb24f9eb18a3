import { AsyncLocalStorage } from 'node:async_hooks'
import type { Access, Grant, HostAnswer, HostEvent, HostRequest } from '@openwopi/host'
import { decodeUtf7, WopiError } from '@openwopi/protocol'
import { causeOf, type Log } from '../log-event.ts'
import type { Files } from '../stored/open-files.ts'
import type { Answer } from '../watching/traces.ts'
import { allowance } from './allowance.ts'
import type { AboutSave, FailedSave } from './failed-save.ts'
import { type KeptBody, keptBody } from './kept-body.ts'
import type { Spool } from './spool.ts'
import type { SpoolWriter } from './spool-writer.ts'
import { thinOut } from './thin-out.ts'
import { unrecordedIn } from './unrecorded.ts'

/** Looks at the saves of a host, and puts aside those that the storage fails. */
export interface SpooledSaves {
  readonly answering: (answer: Answer) => Answer
  /** Says how the call under way has gone. */
  readonly note: (call: HostEvent) => void
  /** The same access, with a look at what is granted. */
  readonly access: (access: Access) => Access
}

/** What it takes. */
export interface SpooledSavesParts {
  readonly spool: Spool
  readonly log: Log
  readonly now: () => number
  readonly folder: Pick<Files, 'storage' | 'lastSeen'>
}

/** What is found out about a save on its way. */
interface Save {
  call?: HostEvent
  grant?: Grant
}

/** In bytes. Most documents are smaller than what one save may hold. */
const memoryLimits = { each: 8 * 2 ** 20, together: 32 * 2 ** 20 }

/** For how long after a failure larger saves are put aside as they come, in milliseconds. */
const waryFor = 5 * 60_000

/** Puts aside what the storage fails to take. */
export function spooledSaves(parts: SpooledSavesParts): SpooledSaves {
  const { spool, now } = parts
  const underWay = new AsyncLocalStorage<Save>()
  const memory = allowance(memoryLimits)
  let waryUntil = 0
  const keeping = { memory, isWary: () => now() < waryUntil, begin: spool.begin }

  async function answerSave(answer: Answer, request: HostRequest, body: KeptBody): Promise<HostAnswer> {
    const save: Save = {}
    const result = await underWay.run(save, () => answer({ ...request, body: body.content }))
    const why = save.call && whyNotStored(save.call)
    if (why === undefined || !mayPut(save, request)) return result
    waryUntil = now() + waryFor
    const outcome = await putAside(parts, { save, request, body, why })
    return {
      ...result,
      headers: { ...result.headers, 'X-WOPI-ServerError': outcome },
    }
  }

  return {
    answering: (answer) => async (request) => {
      if (!request.body || kindOf(request) === undefined) return answer(request)
      const body = keptBody(request.body, keeping)
      return answerSave(answer, request, body).finally(body.drop)
    },
    note(call) {
      const save = underWay.getStore()
      if (save) save.call = call
    },
    access: (access) => ({
      ...access,
      authorize(token, resource) {
        const save = underWay.getStore()
        return save ? noting(save, access.authorize(token, resource)) : access.authorize(token, resource)
      },
    }),
  }
}

/** The first grant of a call is for what it is about. */
async function noting(save: Save, asked: Promise<Grant | undefined>): Promise<Grant | undefined> {
  const grant = await asked
  if (grant) save.grant ??= grant
  return grant
}

const overrideOf = ({ method, headers }: HostRequest) =>
  method === 'POST' ? headers.get('X-WOPI-Override')?.toUpperCase() : undefined

/** `undefined`: the request carries no whole content of a file. */
function kindOf(request: HostRequest): 'save' | 'copy' | undefined {
  const override = overrideOf(request)
  if (override === 'PUT') return 'save'
  return override === 'PUT_RELATIVE' ? 'copy' : undefined
}

/** Why the storage did not take a save. `undefined`: it is not the storage that refused it. */
function whyNotStored({ error, user }: HostEvent): unknown {
  if (!error || !user) return undefined
  const isFailure = WopiError.is(error, 'ServerBusy') || WopiError.is(error, 'ServerError')
  return isFailure ? error.cause : undefined
}

/** What nobody could have saved need not be kept. */
const mayPut = ({ grant }: Save, request: HostRequest): boolean =>
  grant?.can.has(kindOf(request) === 'copy' ? 'create' : 'write') === true

interface Failure {
  readonly save: Save
  readonly request: HostRequest
  readonly body: KeptBody
  readonly why: unknown
}

/** Resolves to what the client is told. */
async function putAside(parts: SpooledSavesParts, failure: Failure): Promise<string> {
  const { log, spool } = parts
  const about = await aboutOf(parts, failure)
  try {
    const saved = (await keepBody(failure, about)) ?? (await keepReceived(spool, failure, about))
    if (saved) {
      await thinOut(spool, saved).catch((error: unknown) =>
        log({ level: 'warn', event: 'spool not thinned out', ...causeOf(error) }),
      )
      log({ level: 'warn', event: 'save put aside', file: about.fileId, user: about.user.id, size: saved.size })
      return 'the storage failed; what was sent is kept for recovery'
    }
    log({ level: 'error', event: 'save not put aside', message: notWhole, file: about.fileId, user: about.user.id })
    return 'the storage failed, and what was sent could not be kept'
  } catch (error) {
    log({ level: 'error', event: 'save not put aside', file: about.fileId, user: about.user.id, ...causeOf(error) })
    return 'the storage failed, and what was sent could not be kept'
  }
}

const notWhole = 'A save that could not be stored did not arrive whole, or was too large to be held'

async function keepBody({ body, request }: Failure, about: AboutSave): Promise<FailedSave | undefined> {
  const writer = await body.whole()
  if (!writer) return undefined
  if (isTorn(request, writer)) {
    await writer.drop()
    return undefined
  }
  return endOf(writer, about)
}

const endOf = (writer: SpoolWriter, about: AboutSave): Promise<FailedSave> =>
  writer.end(about).catch(async (error: unknown) => {
    await writer.drop()
    throw error
  })

/** Half a document is none. */
function isTorn({ headers }: HostRequest, { size }: SpoolWriter): boolean {
  const announced = [
    headers.get('Content-Encoding') === null && headers.get('Content-Length'),
    headers.get('X-WOPI-Size'),
  ]
  return announced.some((length) => typeof length === 'string' && /^\d+$/.test(length) && Number(length) !== size())
}

/** What lies in the blob store already, where only the database failed. */
async function keepReceived(spool: Spool, { why }: Failure, about: AboutSave): Promise<FailedSave | undefined> {
  const content = await unrecordedIn(why)?.read()
  return content && spool.keep(about, content)
}

async function aboutOf(parts: SpooledSavesParts, { save, request, why }: Failure): Promise<AboutSave> {
  const { user = { id: '', name: '' }, client, resource } = save.call ?? {}
  const kind = kindOf(request) ?? 'save'
  const fileId = resource?.id ?? ''
  const file = await lastKnown(parts.folder, fileId)
  const target = kind === 'copy' ? targetOf(request) : undefined
  const editors = request.headers.get('X-WOPI-Editors')
  const lock = request.headers.get('X-WOPI-Lock')
  const isAutosave = request.headers.get('X-COOL-WOPI-IsAutosave') ?? request.headers.get('X-LOOL-WOPI-IsAutosave')
  return {
    at: parts.now(),
    kind,
    fileId,
    ...(file && { name: file.name, folderId: file.parentId }),
    ...(target !== undefined && { name: target }),
    user: { id: user.id, name: user.name },
    ...(lock && { lock }),
    ...(client !== undefined && { client }),
    ...(editors && { editors: editors.split(',').map((each) => each.trim()) }),
    ...(isAutosave === 'true' && { isAutosave: true }),
    why: why instanceof Error ? why.message : String(why),
  }
}

const lastKnown = ({ storage, lastSeen }: SpooledSavesParts['folder'], fileId: string) =>
  storage.find(fileId).catch(() => lastSeen?.(fileId))

/** What a copy was to be called. What cannot be read, or is an extension alone, says nothing. */
function targetOf({ headers }: HostRequest): string | undefined {
  const written = headers.get('X-WOPI-RelativeTarget') ?? headers.get('X-WOPI-SuggestedTarget')
  try {
    const name = written === null ? '' : decodeUtf7(written)
    return name === '' || name.startsWith('.') ? undefined : name
  } catch {
    return undefined
  }
}
