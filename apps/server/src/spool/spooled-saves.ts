import { AsyncLocalStorage } from 'node:async_hooks'
import type { Access, Grant, HostAnswer, HostEvent, HostRequest, Storage } from '@openwopi/host'
import { decodeUtf7, WopiError } from '@openwopi/protocol'
import type { Log } from '../log-event.ts'
import type { Files } from '../stored/open-files.ts'
import type { Answer } from '../watching/traces.ts'
import { allowance } from './allowance.ts'
import type { AboutSave } from './failed-save.ts'
import { type KeptBody, keptBody } from './kept-body.ts'
import { putAside } from './put-aside.ts'
import type { Spool } from './spool.ts'
import { type SaveInPieces, spooledWrites } from './spooled-writes.ts'

/** Looks at the saves of a host, and puts aside those that the storage fails. */
export interface SpooledSaves {
  readonly answering: (answer: Answer) => Answer
  /** Says how the call under way has gone. */
  readonly note: (call: HostEvent) => void
  /** The same access, with a look at what is granted. */
  readonly access: (access: Access) => Access
  /** The same storage, with a look at what is written for clients that send pieces of it. */
  readonly storage: (storage: Storage) => Storage
  /** Resolves once nothing that has arrived so far waits to be stored or put aside. */
  readonly settled: () => Promise<void>
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
  /** What its client has sent are pieces, out of which the host makes the content. */
  readonly inPieces?: SaveInPieces
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
  const beWary = () => {
    waryUntil = now() + waryFor
  }

  async function answerSave(answer: Answer, request: HostRequest, body: KeptBody): Promise<HostAnswer> {
    const save: Save = {}
    const result = await underWay.run(save, () => answer({ ...request, body: body.content }))
    const why = save.call && whyNotStored(save.call)
    if (why === undefined || !mayPut(save, request)) return result
    beWary()
    const about = await aboutOf(parts, { save, request, why })
    return telling(await putAside(parts, { about, body, why, sizes: sizesOf(request) }), result)
  }

  async function answerPieces(answer: Answer, request: HostRequest): Promise<HostAnswer> {
    const inPieces: SaveInPieces = { lock: lockOf(request), client: () => save.grant?.client }
    const save: Save = { inPieces }
    const result = await underWay.run(save, () => answer(request))
    return inPieces.outcome === undefined || result.status < 500 ? result : telling(inPieces.outcome, result)
  }

  const answers = new Set<Promise<unknown>>()
  const counted = (answer: Promise<HostAnswer>) => {
    const known = answer.finally(() => answers.delete(known))
    answers.add(known)
    return known
  }

  return {
    answering: (answer) => async (request) => {
      if (!request.body) return answer(request)
      if (isInPieces(request)) return counted(answerPieces(answer, request))
      if (kindOf(request) === undefined) return answer(request)
      const body = keptBody(request.body, keeping)
      return counted(answerSave(answer, request, body).finally(body.drop))
    },
    settled: async () => void (await Promise.allSettled(answers)),
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
    storage: (storage) =>
      spooledWrites(storage, { ...parts, keeping, beWary, underWay: () => underWay.getStore()?.inPieces }),
  }
}

const telling = (outcome: string, answer: HostAnswer): HostAnswer => ({
  ...answer,
  headers: { ...answer.headers, 'X-WOPI-ServerError': outcome },
})

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

/** Whether a request may carry pieces of a content. */
function isInPieces(request: HostRequest): boolean {
  const override = overrideOf(request)
  return override === 'PUT_CHUNKED_FILE' || override === 'COBALT'
}

/** Of the lock under which a save is sent, what it is called. Those of cell storage stand in the body: any will do. */
const lockOf = ({ headers }: HostRequest): string =>
  headers.get('X-WOPI-Lock') ?? headers.get('X-WOPI-CoauthLockId') ?? 'of cell storage'

/** Why the storage did not take a save. `undefined`: it is not the storage that refused it. */
function whyNotStored({ error, user }: HostEvent): unknown {
  if (!error || !user) return undefined
  const isFailure = WopiError.is(error, 'ServerBusy') || WopiError.is(error, 'ServerError')
  return isFailure ? error.cause : undefined
}

/** What nobody could have saved need not be kept. */
const mayPut = ({ grant }: Save, request: HostRequest): boolean =>
  grant?.can.has(kindOf(request) === 'copy' ? 'create' : 'write') === true

/** The sizes that a client has said its content has. */
const sizesOf = ({ headers }: HostRequest): readonly number[] =>
  [headers.get('Content-Encoding') === null ? headers.get('Content-Length') : null, headers.get('X-WOPI-Size')]
    .filter((text) => text !== null && /^\d+$/.test(text))
    .map(Number)

interface Failure {
  readonly save: Save
  readonly request: HostRequest
  readonly why: unknown
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
